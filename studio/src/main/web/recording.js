// What was recorded, made ready to be looked at: numbers out of base64, and the walk as a row of moments.

/** The numbers of a value as {shape, data} or {shape, summary}. */
function value(json) {
  if (!json) {
    return null;
  }
  if (json.data === undefined) {
    return {shape: json.shape, dtype: json.dtype, summary: json.summary, overwritten: json.overwritten};
  }
  const bytes = Uint8Array.from(atob(json.data), c => c.charCodeAt(0));
  return {shape: json.shape, dtype: json.dtype, data: new Float32Array(bytes.buffer)};
}

/** The recording with its moments: 0 is before anything, then each op forward, then each op backward. */
export function read(json) {
  const nodes = new Map();
  for (const node of json.nodes) {
    nodes.set(node.id, {...node, value: value(node.value), consumers: []});
  }
  for (const node of nodes.values()) {
    node.inputs.forEach(id => nodes.get(id).consumers.push(node.id));
  }
  const forward = json.order.filter(id => nodes.get(id).kind === 'op');
  const steps = json.steps.map(step => ({
    ...step,
    incoming: value(step.incoming),
    edges: step.edges.map(e => ({...e, share: value(e.share), sum: value(e.sum)})),
  }));
  const moments = [
    {kind: 'start'},
    ...forward.map(id => ({kind: 'forward', node: nodes.get(id)})),
    ...steps.map(step => ({kind: 'backward', node: nodes.get(step.node), step})),
  ];
  forward.forEach((id, i) => (nodes.get(id).computedAt = i + 1));
  for (const node of nodes.values()) {
    node.computedAt ??= 0;
  }
  return {
    title: json.title || 'A walk through backprop',
    sources: json.sources || {},
    nodes,
    moments,
    turn: forward.length, // the moment at which the loss is there
    loss: nodes.get(forward.at(-1) ?? json.order.at(-1)),
  };
}

/** The gradient that has arrived at a node by a moment, or null. */
export function gradient(recording, node, moment) {
  let sum = node.id === recording.loss.id && moment >= recording.turn ? firstIncoming(recording) : null;
  for (let t = recording.turn + 1; t <= moment; t++) {
    for (const edge of recording.moments[t].step.edges) {
      if (edge.to === node.id && edge.sum) {
        sum = edge.sum;
      }
    }
  }
  return sum;
}

function firstIncoming(recording) {
  return recording.moments[recording.turn + 1]?.step.incoming ?? null;
}

/** What each consumer has sent to a node by a moment: [{from, edge}]. */
export function shares(recording, node, moment) {
  const out = [];
  for (let t = recording.turn + 1; t <= moment; t++) {
    const {step, node: from} = recording.moments[t];
    for (const edge of step.edges) {
      if (edge.to === node.id) {
        out.push({from, edge});
      }
    }
  }
  return out;
}

/** The greatest size of a number in a value. */
export function size(v) {
  if (!v || v.overwritten) {
    return 0;
  }
  if (v.summary) {
    return Math.max(Math.abs(v.summary.min), Math.abs(v.summary.max));
  }
  let most = 0;
  for (const x of v.data) {
    if (Math.abs(x) > most) {
      most = Math.abs(x);
    }
  }
  return most;
}

export function shapeText(shape) {
  return shape.length === 0 ? 'a number' : '[' + shape.join(', ') + ']';
}

/** A number in at most four signs that say something. */
export function figure(number) {
  const x = Number(number); // what is not finite comes as text
  if (!Number.isFinite(x)) {
    return Number.isNaN(x) ? 'NaN' : x > 0 ? '∞' : '−∞';
  }
  const a = Math.abs(x);
  const text =
    a !== 0 && (a >= 1e5 || a < 1e-3)
      ? x.toExponential(1)
      : a >= 100
        ? x.toFixed(0)
        : a >= 10
          ? x.toFixed(1)
          : String(Number(x.toFixed(3)));
  return text.replace('-', '−');
}
