// Layers that fold: a group is a layer by its dotted name, a stack is a row of layers of one shape (× 6).

/** The layers around a node, the outermost first. */
function around(node) {
  const parts = node.group ? node.group.split('.') : [];
  return parts.map((_, n) => parts.slice(0, n + 1).join('.'));
}

/** All layers of a recording, and the stacks they stand in: {all: names, stackOf: Map layer → stack}. */
export function layers(recording) {
  const shapes = new Map();
  for (const node of recording.nodes.values()) {
    for (const group of around(node)) {
      const look = `${node.op} ${node.shape} ${node.group.slice(group.length)}`;
      shapes.set(group, `${shapes.get(group) ?? ''}\n${look}`);
    }
  }
  const stackOf = new Map();
  for (const group of shapes.keys()) {
    const [, head = '', number] = group.match(/^(.*\.)?(\d+)$/) ?? [];
    const before = head + (Number(number) - 1);
    if (number === undefined || stackOf.has(group) || shapes.get(before) === shapes.get(group)) {
      continue; // no number, or not the first of its row
    }
    let last = Number(number);
    while (shapes.get(head + (last + 1)) === shapes.get(group)) {
      last++;
    }
    if (last > Number(number)) {
      const stack = {name: `${head}${number}…${last}`, count: last - number + 1};
      for (let i = Number(number); i <= last; i++) {
        stackOf.set(head + i, stack);
      }
    }
  }
  return {all: new Set([...shapes.keys(), ...[...stackOf.values()].map(stack => stack.name)]), stackOf};
}

/** Which box a node stands in: itself, or the outermost layer or stack around it that is folded. */
export function box(node, open, {stackOf}) {
  for (const group of around(node)) {
    const stack = stackOf.get(group);
    if (stack && !open.has(stack.name)) {
      return 'group:' + stack.name;
    }
    if (!open.has(group)) {
      return 'group:' + group;
    }
  }
  return String(node.id);
}

/** Opens a layer, and what stands alone in it: a box with only one box in it tells nothing. */
export function openUp(recording, open, known, group) {
  const inside = () => new Set([...recording.nodes.values()].filter(n => n.kind === 'op' && (!group || within(n, group, known))).map(n => box(n, open, known)));
  if (group) {
    open.add(group);
  }
  for (let boxes = inside(); boxes.size === 1 && [...boxes][0].startsWith('group:'); boxes = inside()) {
    open.add([...boxes][0].slice(6));
  }
}

function within(node, group, {stackOf}) {
  return around(node).some(g => g === group || stackOf.get(g)?.name === group);
}

/** Opens everything around a node. */
export function reveal(node, open, {stackOf}) {
  for (const group of around(node)) {
    open.add(group);
    if (stackOf.has(group)) {
      open.add(stackOf.get(group).name);
    }
  }
}
