/** An impossible network: the message names the layer and shows the arithmetic. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
}
