// Principal axes of vectors that were read into the page; the program's own are found in Java (Pca).

/** The first axes: where the points lie along them [n, count], and the share of the spread of each. */
export function axes(points, n, dim, most) {
  const count = Math.min(most, dim);
  const mean = new Float64Array(dim);
  for (let i = 0; i < points.length; i++) {
    mean[i % dim] += points[i] / n;
  }
  const covariance = new Float64Array(dim * dim);
  const row = new Float64Array(dim);
  for (let i = 0; i < n; i++) {
    for (let d = 0; d < dim; d++) {
      row[d] = points[i * dim + d] - mean[d];
    }
    for (let a = 0; a < dim; a++) {
      const x = row[a] / (n - 1);
      for (let b = a; b < dim; b++) {
        covariance[a * dim + b] += x * row[b];
      }
    }
  }
  let total = 0;
  for (let a = 0; a < dim; a++) {
    total += covariance[a * dim + a];
    for (let b = 0; b < a; b++) {
      covariance[a * dim + b] = covariance[b * dim + a];
    }
  }
  const found = Array.from({length: count}, (_, k) => Float64Array.from({length: dim}, (_, d) => Math.cos(1 + (k + 1) * (d + 1)) + (k === d ? 1 : 0)));
  right(found);
  for (let round = 0; round < 60; round++) { // all axes turn together towards the largest spreads
    for (const axis of found) {
      axis.set(times(covariance, axis, dim));
    }
    right(found);
  }
  const explained = found.map(axis => (total > 0 ? Math.max(0, inner(axis, times(covariance, axis, dim)) / total) : 0));
  const order = explained.map((_, k) => k).sort((a, b) => explained[b] - explained[a]);
  const places = new Float32Array(n * count);
  for (let i = 0; i < n; i++) {
    order.forEach((k, at) => {
      let sum = 0;
      for (let d = 0; d < dim; d++) {
        sum += (points[i * dim + d] - mean[d]) * found[k][d];
      }
      places[i * count + at] = sum;
    });
  }
  return {places, explained: order.map(k => explained[k])};
}

function times(matrix, vector, dim) {
  return Float64Array.from(vector, (_, a) => {
    let sum = 0;
    for (let b = 0; b < dim; b++) {
      sum += matrix[a * dim + b] * vector[b];
    }
    return sum;
  });
}

const inner = (a, b) => a.reduce((sum, x, d) => sum + x * b[d], 0);

/** Makes vectors of length one at right angles to those before; one that has nothing left becomes any such. */
function right(vectors) {
  vectors.forEach((v, k) => {
    for (let attempt = 0; attempt <= v.length; attempt++) {
      for (let again = 0; again < 2; again++) {
        for (const before of vectors.slice(0, k)) {
          const along = inner(v, before);
          v.forEach((x, d) => (v[d] = x - along * before[d]));
        }
      }
      const length = Math.sqrt(inner(v, v));
      if (length > 1e-9) {
        v.forEach((x, d) => (v[d] = x / length));
        return;
      }
      v.fill(0);
      v[attempt % v.length] = 1;
    }
  });
}
