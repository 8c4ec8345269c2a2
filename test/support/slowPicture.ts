import * as vscode from 'vscode';
import { inWorkspace } from './extensionApi';
import { writePng } from './writePng';

const [width, height] = [6000, 4000];

/** Writes a picture whose decoding alone takes many times as long as a message to the engine. */
export async function writeSlowPicture(): Promise<vscode.Uri> {
  const uri = inWorkspace('slow.png');
  const rgb = new Uint8Array(width * height * 3);
  await vscode.workspace.fs.writeFile(uri, writePng(rgb, width, height));
  return uri;
}
