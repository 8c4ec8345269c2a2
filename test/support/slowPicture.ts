import * as vscode from 'vscode';
import { inWorkspace } from './extensionApi';
import { slowPng } from './writePng';

/** Writes a picture whose decoding alone takes many times as long as a message to the engine. */
export async function writeSlowPicture(): Promise<vscode.Uri> {
  const uri = inWorkspace('slow.png');
  await vscode.workspace.fs.writeFile(uri, slowPng());
  return uri;
}
