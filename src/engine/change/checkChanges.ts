import { inputName, layerNamed } from '../../network/network';
import { formatShape } from '../../network/tensor/shape';
import type { ErasedArea, Erased, RunChanges } from '../../protocol/changedRun';
import { checkBaseline } from '../explain/settings';
import { EngineError } from '../runtime/engineError';
import type { OffChannels } from '../run/offChannels';
import type { StoredRun } from '../run/runStore';

interface CheckedChanges {
  readonly off: OffChannels;
  readonly erased: Erased | undefined;
}

/** Callers outside may say anything; throws an EngineError or a NetworkError for what cannot be changed. */
export function checkChanges(run: StoredRun, changes: RunChanges): CheckedChanges {
  if (run.changed)
    throw new EngineError(
      `run ${run.runId} is a changed one itself; change run ${run.changed.from}, which it was made from`,
    );
  if (!isRecord(changes) || Object.keys(changes).some((key) => key !== 'off' && key !== 'erased'))
    throw new EngineError(
      `changes must be { off?: { layer: channels }, erased?: { areas, fill } }, got ${JSON.stringify(changes)}`,
    );
  const { off = {}, erased }: RunChanges = changes;
  if (!isRecord(off))
    throw new EngineError(`off must be { layer: channels }, got ${JSON.stringify(off)}`);
  const known = Object.entries(off).map(
    ([layer, channels]) => [layer, checkChannels(run, layer, channels)] as const,
  );
  return {
    off: new Map(known.filter(([, channels]) => channels.length > 0)),
    erased: erased && checkErased(erased),
  };
}

function checkChannels({ network, activations }: StoredRun, name: string, channels: unknown) {
  const { outputShape } = layerNamed(network, name);
  if (name === inputName(network))
    throw new EngineError(`${name} is the picture itself; erase parts of it instead`);
  if (!activations.has(name))
    throw new EngineError(`${name} did not run: one of the network's inputs is missing`);
  if (network.outputs.includes(name))
    throw new EngineError(`${name} is the answer itself; switch off channels of a layer before it`);
  if (!Array.isArray(channels))
    throw new EngineError(
      `channels of ${name} must be a list of numbers, got ${JSON.stringify(channels)}`,
    );
  const count = outputShape.at(-1) ?? 0;
  for (const channel of channels as readonly unknown[]) {
    if (Number.isSafeInteger(channel) && Number(channel) >= 0 && Number(channel) < count) continue;
    throw new EngineError(
      `${name} has no channel ${JSON.stringify(channel)}: its output is ${formatShape(outputShape)}`,
    );
  }
  return [...new Set(channels as readonly number[])];
}

function checkErased(erased: Erased): Erased | undefined {
  if (!isRecord(erased) || !Array.isArray(erased.areas))
    throw new EngineError(`erased must be { areas, fill }, got ${JSON.stringify(erased)}`);
  for (const area of erased.areas as readonly unknown[]) {
    if (isArea(area)) continue;
    throw new EngineError(
      `an erased area must be { top, left, height, width } in whole pixels, got ${JSON.stringify(area)}`,
    );
  }
  checkBaseline('fill', erased.fill);
  return erased.areas.length > 0 ? erased : undefined;
}

function isArea(area: unknown): area is ErasedArea {
  if (!isRecord(area)) return false;
  const { top, left, height, width } = area;
  const isWhole = [top, left, height, width].every((side) => Number.isSafeInteger(side));
  return isWhole && Number(height) > 0 && Number(width) > 0;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
