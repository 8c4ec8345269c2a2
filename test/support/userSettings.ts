import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { environment } from './environment';

/** VS Code's names for the three kinds of theme. */
export const themes = {
  dark: 'Dark Modern',
  light: 'Light Modern',
  'high-contrast': 'Default High Contrast',
} as const;

export type Theme = keyof typeof themes;

/** Everything that would open, pop up or ask beside what a test looks at. */
const calm = {
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
  const settings = { ...calm, 'workbench.colorTheme': themes[theme], ...more };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'settings.json'), JSON.stringify(settings, undefined, 2));
}
