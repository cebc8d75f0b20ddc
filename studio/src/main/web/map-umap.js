// UMAP in a thread of its own; where a page may start none, on this one in small steps.
import {UMAP} from 'umap-js';
import {prepared} from './map-umap-settings.js';

/** The map of n points; told hears how far it is (0..1) and the places now and then. Stop by the function it returns. */
export function umap(points, n, neighbours, told, done, failed) {
  try {
    const url = URL.createObjectURL(new Blob([WORKER], {type: 'text/javascript'}));
    const worker = new Worker(url);
    worker.onmessage = ({data}) => {
      told(data.share, data.places);
      if (data.share >= 1) {
        worker.terminate();
        done();
      }
    };
    worker.onerror = e => {
      worker.terminate();
      failed(e.message || 'the thread could not be started');
    };
    worker.postMessage({points, n, neighbours});
    return () => worker.terminate();
  } catch {
    const {run, places, epochs} = prepared(UMAP, points, n, neighbours);
    let stopped = false, epoch = 0;
    (function slice() {
      for (const until = performance.now() + 30; !stopped && epoch < epochs && performance.now() < until; epoch++) {
        run();
      }
      if (stopped) {
        return;
      }
      told(epoch / epochs, places());
      epoch < epochs ? setTimeout(slice) : done();
    })();
    return () => (stopped = true);
  }
}
