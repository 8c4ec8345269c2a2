/** From a matrix of one column a filter to one filter after the other, each [h, w, in]. */
export function filtersFirst(values: Float32Array, filters: number): Float32Array {
  const perFilter = values.length / filters;
  const turned = new Float32Array(values.length);
  for (let filter = 0; filter < filters; filter++) {
    for (let i = 0; i < perFilter; i++) {
      turned[filter * perFilter + i] = values[i * filters + filter] ?? 0;
    }
  }
  return turned;
}
