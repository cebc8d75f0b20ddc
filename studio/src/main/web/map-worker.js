// The thread in which UMAP runs.
import {UMAP} from 'umap-js';
import {prepared} from './map-umap-settings.js';

onmessage = ({data: {points, n, neighbours}}) => {
  const {run, places, epochs} = prepared(UMAP, points, n, neighbours);
  for (let epoch = 1, next = 0; epoch <= epochs; epoch++) {
    run();
    if (epoch === epochs || performance.now() > next) {
      next = performance.now() + 150;
      postMessage({share: epoch / epochs, places: places()});
    }
  }
};
