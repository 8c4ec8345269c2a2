import { window } from 'vscode';
import { describeError } from '../../host/errors';
import { className } from '../../host/evaluate/folderClasses';
import { noClassWords, type ClassQuestions } from '../../host/evaluate/labelFolder';

const leaveOut = 'Leave Out';

/** Asks the person what the names of folders do not say. */
export const classQuestions: ClassQuestions = {
  choose: async ({ folder, indices }, labels) => {
    const items = [
      ...indices.map((index) => ({ label: className(labels, index), answer: index })),
      { label: 'Leave this folder out', answer: 'leaveOut' as const },
    ];
    const title = `Several classes are called ${folder}: which one does the folder hold?`;
    return (await window.showQuickPick(items, { title }))?.answer;
  },
  leaveOut: async (unknown, labels) => {
    const detail = describeError(noClassWords(unknown, labels));
    const count = unknown.length === 1 ? 'One folder names' : `${unknown.length} folders name`;
    const question = `${count} no class`;
    return (
      (await window.showWarningMessage(question, { modal: true, detail }, leaveOut)) === leaveOut
    );
  },
};
