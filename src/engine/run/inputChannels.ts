import type { InputChannel } from '../../protocol/engineProtocol';

const channelCount = 3;
const white = 255;

/** What the panel says of the tensor [h, w, 3] that the network saw: the one place where its statistics are computed. */
export function inputChannels(tensor: Float32Array): readonly InputChannel[] {
  const planes = Array.from({ length: channelCount }, (_, channel) => plane(tensor, channel));
  const statistics = planes.map(statisticsOf);
  const least = Math.min(...statistics.map(({ min }) => min));
  const range = Math.max(...statistics.map(({ max }) => max)) - least;
  const grey = (value: number): number =>
    range > 0 ? Math.round((white * (value - least)) / range) : 0;
  return statistics.map((each, channel) => ({
    ...each,
    grey: Uint8Array.from(planes[channel] ?? [], grey),
  }));
}

function plane(tensor: Float32Array, channel: number): Float32Array {
  const values = new Float32Array(tensor.length / channelCount);
  for (let cell = 0; cell < values.length; cell++) {
    values[cell] = tensor[cell * channelCount + channel] ?? 0;
  }
  return values;
}

/** The sum is kept in double precision. */
function statisticsOf(values: Float32Array): Omit<InputChannel, 'grey'> {
  let [min, max, sum] = [Infinity, -Infinity, 0];
  for (const value of values) {
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
  }
  return { min, max, mean: sum / values.length };
}
