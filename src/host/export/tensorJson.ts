import type { Tensor } from '../../protocol/engineProtocol';

/** As many digits as tell every float32 from its neighbours. */
const digits = 9;

/** A tensor as JSON, row-major; what JSON has no number for (NaN and infinities) is null. */
export function tensorJson({ shape, data }: Tensor): string {
  const values = Array.from(data, (value) =>
    Number.isFinite(value) ? Number(value.toPrecision(digits)) : null,
  );
  return `${JSON.stringify({ shape, data: values })}\n`;
}
