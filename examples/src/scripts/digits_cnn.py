# The twin of DigitsCnn.java. Run: python3 examples/src/scripts/digits_cnn.py
import sys

import torch
import torch.nn.functional as F
from torch import nn
from torch.optim.lr_scheduler import StepLR
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(1)
path = sys.argv[1] if len(sys.argv) > 1 else "examples/src/scripts/digits.txt"
glyphs = torch.tensor([c == "#" for c in open(path).read() if c != "\n"]).float().view(10, 7, 5)


def digits(n):
    """Images [n, 1, 10, 8] of digits that stand anywhere in noise, and what they show."""
    label = torch.randint(0, 10, (n,))
    down = torch.randint(0, 4, (n,))
    right = torch.randint(0, 4, (n,))
    images = torch.rand(n, 1, 10, 8) * 0.5
    for i in range(n):
        images[i, 0, down[i] : down[i] + 7, right[i] : right[i] + 5] += glyphs[label[i]]
    return (images - images.mean()) / images.std(), label


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 16, 3)
        self.conv2 = nn.Conv2d(16, 32, 3)
        self.dropout1 = nn.Dropout(0.25)
        self.dropout2 = nn.Dropout(0.5)
        self.fc1 = nn.Linear(192, 64)
        self.fc2 = nn.Linear(64, 10)

    def forward(self, x):
        x = F.relu(self.conv1(x))
        x = F.relu(self.conv2(x))
        x = F.max_pool2d(x, 2)
        x = self.dropout1(x)
        x = x.flatten(1)
        x = F.relu(self.fc1(x))
        x = self.dropout2(x)
        return F.log_softmax(self.fc2(x), 1)


train = TensorDataset(*digits(1024))
test = TensorDataset(*digits(200))
model = Net()
optimizer = torch.optim.Adadelta(model.parameters(), lr=1.0)
scheduler = StepLR(optimizer, 1, gamma=0.7)
step = 0
for epoch in range(1, 6):
    model.train()
    for x, y in DataLoader(train, batch_size=32, shuffle=True):
        optimizer.zero_grad()
        loss = F.nll_loss(model(x), y)
        loss.backward()
        optimizer.step()
        if step % 32 == 0:
            print(f"step {step:4d}  loss {loss.item():.5f}")
        step += 1
    scheduler.step()
    model.eval()
    right = 0
    with torch.no_grad():
        for x, y in DataLoader(test, batch_size=100):
            right += (model(x).argmax(1) == y).sum().item()
    print(f"epoch {epoch}: {right} of 200 right")
