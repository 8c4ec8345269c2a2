import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { environment } from './environment';

/** The four kinds of theme: the one VS Code has by itself, the key of apiProbe that chooses it, and the class the page gets. */
export const themes = {
  dark: { name: 'Dark 2026', key: 'Control+Alt+F2', mark: 'vs-dark' },
  light: { name: 'Light 2026', key: 'Control+Alt+F3', mark: 'vs' },
  'high-contrast': { name: 'Default High Contrast', key: 'Control+Alt+F4', mark: 'hc-black' },
  'high-contrast-light': {
    name: 'Default High Contrast Light',
    key: 'Control+Alt+F6',
    mark: 'hc-light',
  },
} as const;

export type Theme = keyof typeof themes;

/** The one in which the page is looked at in every width; in the others only its paint is another. */
export const firstTheme: Theme = 'dark';

/** Everything that would open, pop up or ask beside what a test looks at; random weights, whose values can be computed. */
const calm = {
  'alexnet.weights': 'random',
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.experimentalOnboarding': false,
};

/** Replaces the test user's settings; `more` overrides the calm ones. */
export async function writeUserSettings(
  theme: Theme,
  more: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const folder = join(environment('ALEXNET_VSCODE_DATA'), 'data', 'User');
  const settings = { ...calm, 'workbench.colorTheme': themes[theme].name, ...more };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'settings.json'), JSON.stringify(settings, undefined, 2));
}
