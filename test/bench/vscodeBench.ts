import { extensionApi, picture } from '../support/extensionApi';
import { alternate } from './alternate';
import { writeMeasures } from './writeMeasures';

const runs = 15;

/** In a VS Code: a picture's way through the whole API, warm. */
export async function run(): Promise<void> {
  const api = await extensionApi();
  const image = picture('rgb-420.jpg');
  const ways = { 'classify through the API, warm': () => api.classify(image) };
  await alternate(ways, 3);
  writeMeasures('VS Code', await alternate(ways, runs));
}
