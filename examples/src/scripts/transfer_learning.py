# The twin of TransferLearning.java. Run: python3 examples/src/scripts/transfer_learning.py
import sys

import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(1)
path = sys.argv[1] if len(sys.argv) > 1 else "examples/src/scripts/digits.txt"
glyphs = torch.tensor([c == "#" for c in open(path).read() if c != "\n"]).float().view(10, 7, 5)


def digits(glyphs, n):
    """Images [n, 1, 10, 8] of five digits, and which of them each is."""
    label = torch.randint(0, 5, (n,))
    down = torch.randint(0, 4, (n,))
    right = torch.randint(0, 4, (n,))
    images = torch.rand(n, 1, 10, 8) * 0.5
    for i in range(n):
        images[i, 0, down[i] : down[i] + 7, right[i] : right[i] + 5] += glyphs[label[i]]
    return TensorDataset(images, label)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(1, 16, 3),
            nn.ReLU(),
            nn.Conv2d(16, 32, 3),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Flatten(),
            nn.Linear(192, 64),
            nn.ReLU(),
        )
        self.head = nn.Linear(64, 5)

    def forward(self, x):
        return self.head(self.features(x))


def train(model, optimizer, data, epochs):
    loader = DataLoader(data, batch_size=32, shuffle=True)
    for epoch in range(1, epochs + 1):
        total = 0
        for x, y in loader:
            loss = F.cross_entropy(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item()
        print(f"  epoch {epoch}  loss {total / len(loader):.5f}")


def right(model, data):
    x, y = data.tensors
    with torch.no_grad():
        return (model(x).argmax(1) == y).sum().item()


many, few, new = digits(glyphs[:5], 1024), digits(glyphs[5:], 96), digits(glyphs[5:], 200)
print("from nothing, 96 images of 5 to 9:")
nothing = Net()
train(nothing, torch.optim.AdamW(nothing.parameters(), lr=0.002), few, 8)
print(f"  {right(nothing, new)} of 200 new ones right")

print("another model, 1024 images of 0 to 4:")
model = Net()
train(model, torch.optim.AdamW(model.parameters(), lr=0.002), many, 4)

print("its features stay, a new head for 5 to 9 learns:")
model.features.requires_grad_(False)
model.head = nn.Linear(64, 5)
train(model, torch.optim.AdamW(model.head.parameters(), lr=0.01), few, 4)
print(f"  {right(model, new)} of 200 new ones right")

print("all of it learns, the features in small steps:")
model.features.requires_grad_(True)
groups = [
    {"params": model.features.parameters(), "lr": 0.001},
    {"params": model.head.parameters(), "lr": 0.002},
]
train(model, torch.optim.AdamW(groups), few, 8)
print(f"  {right(model, new)} of 200 new ones right")
