# The twin of BigramModel.java. Run: python3 examples/src/scripts/bigram_model.py
import sys

import torch
import torch.nn.functional as F

torch.manual_seed(1)
path = sys.argv[1] if len(sys.argv) > 1 else "examples/src/scripts/names.txt"
words = ["." + line.split(" ")[0] + "." for line in open(path)]
letters = ".abcdefghijklmnopqrstuvwxyz"

# 1. Count which letter follows which.
counts = torch.zeros(27, 27)
xs, ys = [], []
for word in words:
    for a, b in zip(word, word[1:]):
        xs.append(letters.index(a))
        ys.append(letters.index(b))
        counts[xs[-1], ys[-1]] += 1
x = torch.tensor(xs)
y = torch.tensor(ys)
p = (counts + 1) / (counts + 1).sum(1, keepdim=True)
print(f"counted:   loss {-p[x, y].log().mean().item():.5f}")


def generate(p):
    name, letter = "", 0
    while True:
        letter = torch.multinomial(p[letter], 1).item()
        if letter == 0:
            return name
        name += letters[letter]


print("           " + " ".join(generate(p) for _ in range(5)))

# 2. Learn the same numbers by gradient descent.
w = torch.randn(27, 27, requires_grad=True)
hot = F.one_hot(x, 27).float()
for step in range(101):
    logits = hot @ w
    p = logits.exp() / logits.exp().sum(1, keepdim=True)
    loss = -p[torch.arange(len(x)), y].log().mean() + 0.001 * (w**2).mean()
    w.grad = None
    loss.backward()
    w.data += -50 * w.grad
    if step % 20 == 0:
        print(f"step {step:4d}  loss {loss.item():.5f}")
print("           " + " ".join(generate(w.detach().softmax(1)) for _ in range(5)))
