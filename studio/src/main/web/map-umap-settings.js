// UMAP as the page uses it, the same in each thread.

/** The same numbers in the same order each time, so that a map can be had again. */
function seeded(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let x = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 4294967296;
  };
}

export function prepared(UMAP, points, n, neighbours) {
  const dim = points.length / n;
  const rows = Array.from({length: n}, (_, i) => Array.from(points.subarray(i * dim, (i + 1) * dim)));
  const umap = new UMAP({nNeighbors: Math.min(neighbours, n - 1), nComponents: 2, random: seeded(1)});
  const epochs = umap.initializeFit(rows);
  return {epochs, run: () => umap.step(), places: () => Float32Array.from(umap.getEmbedding().flat())};
}
