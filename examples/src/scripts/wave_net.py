# The twin of WaveNet.java. Run: python3 examples/src/scripts/wave_net.py
import sys

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(1)
path = sys.argv[1] if len(sys.argv) > 1 else "examples/src/scripts/names.txt"
words = [line.split(" ")[0] for line in open(path)]
letters = ".abcdefghijklmnopqrstuvwxyz"
block = 8


class Gated(nn.Module):
    """Two letters that are `dilation` apart become one vector; the last ones go past it."""

    def __init__(self, channels, dilation):
        super().__init__()
        self.conv = nn.Conv1d(channels, 2 * channels, 2, dilation=dilation)
        self.norm = nn.BatchNorm1d(2 * channels)

    def forward(self, x):
        value, gate = self.norm(self.conv(x)).chunk(2, 1)
        y = value.tanh() * gate.sigmoid()
        return y + x[:, :, -y.size(2) :]


class Model(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.embedding = nn.Embedding(27, channels)
        self.layers = nn.Sequential(*[Gated(channels, dilation) for dilation in [1, 2, 4]])
        self.head = nn.Linear(channels, 27)

    def forward(self, x):
        x = self.embedding(x).transpose(1, 2)
        return self.head(self.layers(x).squeeze(2))


xs, ys = [], []
for word in words:
    context = [0] * block
    for letter in word + ".":
        xs.append(context)
        ys.append(letters.index(letter))
        context = context[1:] + [ys[-1]]
x = torch.tensor(xs)
y = torch.tensor(ys)

model = Model(24)
print(f"{sum(p.numel() for p in model.parameters())} parameters, {len(x)} examples")
optimizer = torch.optim.AdamW(model.parameters(), lr=0.01)
for step in range(201):
    batch = torch.randint(0, len(x), (64,))
    loss = F.cross_entropy(model(x[batch]), y[batch])
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if step % 40 == 0:
        print(f"step {step:4d}  loss {loss.item():.5f}")

model.eval()
with torch.no_grad():
    print(f"all        loss {F.cross_entropy(model(x), y).item():.5f}")
    for _ in range(5):
        name, context = "", [0] * block
        while True:
            p = model(torch.tensor([context])).softmax(1)
            letter = torch.multinomial(p, 1).item()
            if letter == 0:
                break
            name += letters[letter]
            context = context[1:] + [letter]
        print("           " + name)
