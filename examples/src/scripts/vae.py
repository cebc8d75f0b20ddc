# The twin of Vae.java. Run: python3 examples/src/scripts/vae.py
import sys

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(1)
path = sys.argv[1] if len(sys.argv) > 1 else "examples/src/scripts/digits.txt"
glyphs = torch.tensor([c == "#" for c in open(path).read() if c != "\n"]).float().view(10, 7, 5)


def digits(n):
    """[n, 48]: digits that stand anywhere in 8 x 6 points."""
    label = torch.randint(0, 10, (n,))
    down = torch.randint(0, 2, (n,))
    right = torch.randint(0, 2, (n,))
    images = torch.zeros(n, 8, 6)
    for i in range(n):
        images[i, down[i] : down[i] + 7, right[i] : right[i] + 5] = glyphs[label[i]]
    return images.flatten(1)


class Vae(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(48, 100)
        self.mean = nn.Linear(100, 6)
        self.logvar = nn.Linear(100, 6)
        self.hidden2 = nn.Linear(6, 100)
        self.out = nn.Linear(100, 48)

    def encode(self, x):
        h = F.relu(self.hidden(x))
        return self.mean(h), self.logvar(h)

    def decode(self, z):
        return torch.sigmoid(self.out(F.relu(self.hidden2(z))))

    def forward(self, x):
        mean, logvar = self.encode(x)
        z = mean + torch.randn_like(mean) * torch.exp(0.5 * logvar)
        return self.decode(z), mean, logvar


def loss_of(image, x, mean, logvar):
    seen = F.binary_cross_entropy(image, x, reduction="sum")
    kl = -0.5 * torch.sum(1 + logvar - mean**2 - logvar.exp())
    return (seen + kl) / len(x)


def show(images):
    for row in range(8):
        print("  ".join("".join(".#"[c > 0.5] for c in image[row]) for image in images.tolist()))


x = digits(512)
model = Vae()
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
step = 0
for epoch in range(25):
    for batch in x[torch.randperm(len(x))].split(64):
        image, mean, logvar = model(batch)
        loss = loss_of(image, batch, mean, logvar)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step % 40 == 0:
            print(f"step {step:4d}  loss {loss.item():.5f}")
        step += 1

with torch.no_grad():
    print("seen, and made again:")
    show(x[:6].view(6, 8, 6))
    print()
    show(model.decode(model.encode(x[:6])[0]).view(6, 8, 6))
    print("made from nothing but random numbers:")
    show(model.decode(torch.randn(6, 6)).view(6, 8, 6))
