# The twin of NamesMlp.java. Run: python3 examples/src/scripts/names_mlp.py
import sys

import torch
import torch.nn.functional as F

path = sys.argv[1] if len(sys.argv) > 1 else "examples/src/scripts/names.txt"
words = [line.split(" ")[0] for line in open(path)]
letters = ".abcdefghijklmnopqrstuvwxyz"
block = 3

g = torch.Generator().manual_seed(1)
C = torch.randn(27, 10, generator=g)
W1 = torch.randn(block * 10, 100, generator=g) * (5 / 3) / (block * 10) ** 0.5
b1 = torch.randn(100, generator=g) * 0.01
W2 = torch.randn(100, 27, generator=g) * 0.01
b2 = torch.zeros(27)
parameters = [C, W1, b1, W2, b2]
for p in parameters:
    p.requires_grad = True


def forward(x):
    h = torch.tanh(C[x].view(-1, block * 10) @ W1 + b1)
    return h @ W2 + b2


def dataset(words):
    xs, ys = [], []
    for word in words:
        context = [0] * block
        for letter in word + ".":
            xs.append(context)
            ys.append(letters.index(letter))
            context = context[1:] + [ys[-1]]
    return torch.tensor(xs), torch.tensor(ys)


order = torch.randperm(len(words), generator=g).tolist()
x, y = dataset([words[i] for i in order[:400]])
x_new, y_new = dataset([words[i] for i in order[400:]])
print(f"{sum(p.numel() for p in parameters)} parameters, {len(x)} examples")

for step in range(1001):
    batch = torch.randint(0, len(x), (32,), generator=g)
    loss = F.cross_entropy(forward(x[batch]), y[batch])
    for p in parameters:
        p.grad = None
    loss.backward()
    lr = 0.1 if step < 700 else 0.01
    for p in parameters:
        p.data += -lr * p.grad
    if step % 200 == 0:
        print(f"step {step:4d}  loss {loss.item():.5f}")

with torch.no_grad():
    print(f"learnt     loss {F.cross_entropy(forward(x), y).item():.5f}")
    print(f"new        loss {F.cross_entropy(forward(x_new), y_new).item():.5f}")
    for _ in range(5):
        name, context = "", [0] * block
        while True:
            p = forward(torch.tensor([context])).softmax(1)
            letter = torch.multinomial(p, 1, generator=g).item()
            if letter == 0:
                break
            name += letters[letter]
            context = context[1:] + [letter]
        print("           " + name)
