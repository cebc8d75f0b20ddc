# The twin of ResumeTraining.java. Run: python3 examples/src/scripts/resume_training.py
import os
import tempfile

import torch
import torch.nn.functional as F
from torch import nn
from torch.optim.lr_scheduler import CosineAnnealingLR
from torch.utils.data import DataLoader, TensorDataset


class Training:
    def __init__(self):
        self.model = nn.Sequential(
            nn.Linear(2, 32),
            nn.Tanh(),
            nn.Dropout(0.1),
            nn.Linear(32, 32),
            nn.Tanh(),
            nn.Linear(32, 3),
        )
        self.optimizer = torch.optim.AdamW(self.model.parameters(), lr=0.02)
        self.scheduler = CosineAnnealingLR(self.optimizer, 12)
        self.epoch = 0

    def run(self, data, until):
        while self.epoch < until:
            self.epoch += 1
            torch.manual_seed(self.epoch)  # the same order and dropout, resumed or not
            total = 0
            for x, y in DataLoader(data, batch_size=30, shuffle=True):
                loss = F.cross_entropy(self.model(x), y)
                self.optimizer.zero_grad()
                loss.backward()
                self.optimizer.step()
                total += loss.item() * len(x) / len(data)
            lr = self.scheduler.get_last_lr()[0]
            print(f"epoch {self.epoch:2d}  lr {lr:.6f}  loss {total:.5f}")
            self.scheduler.step()

    def save(self, path):
        torch.save(
            {
                "epoch": self.epoch,
                "model": self.model.state_dict(),
                "optimizer": self.optimizer.state_dict(),
                "scheduler": self.scheduler.state_dict(),
            },
            path,
        )

    def load(self, path):
        checkpoint = torch.load(path)
        self.epoch = checkpoint["epoch"]
        self.model.load_state_dict(checkpoint["model"])
        self.optimizer.load_state_dict(checkpoint["optimizer"])
        self.scheduler.load_state_dict(checkpoint["scheduler"])


# Three arms of a spiral.
torch.manual_seed(1)
y = torch.arange(300) % 3
radius = torch.rand(300)
angle = 4 * radius + 2.1 * y + 0.2 * torch.randn(300)
data = TensorDataset(torch.stack([radius * angle.sin(), radius * angle.cos()], 1), y)
path = tempfile.mkstemp(".pt")[1]

through = Training()
through.run(data, 6)
through.save(path)
through.run(data, 12)

print("again, from the file:")
resumed = Training()  # with other weights, until they are loaded
resumed.load(path)
resumed.run(data, 12)

weights = resumed.model.state_dict()
same = all(torch.equal(w, weights[name]) for name, w in through.model.state_dict().items())
print("the same weights, bit for bit:", "yes" if same else "no")
x, y = data.tensors
right = (resumed.model.eval()(x).argmax(1) == y).sum().item()
print(f"right: {right} of 300")
os.remove(path)
