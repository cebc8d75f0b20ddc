# The twin of SmallGpt.java. Run: python3 examples/src/scripts/small_gpt.py
import math
import sys

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(1)
path = sys.argv[1] if len(sys.argv) > 1 else "examples/src/scripts/story.txt"
text = open(path).read()
letters = "".join(sorted(set(text)))
block = 32


class CausalAttention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.register_buffer("later", torch.ones(block, block).triu(1).bool())

    def forward(self, x):
        n, t, width = x.shape
        parts = self.qkv(x).view(n, t, 3 * self.heads, -1).transpose(1, 2)
        q, k, v = parts.chunk(3, 1)
        weights = q @ k.transpose(2, 3) / math.sqrt(q.size(3))
        weights = weights.masked_fill(self.later[:t, :t], -math.inf).softmax(3)
        return self.out((weights @ v).transpose(1, 2).reshape(n, t, width))


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.norm1 = nn.LayerNorm(width)
        self.attention = CausalAttention(width, heads)
        self.norm2 = nn.LayerNorm(width)
        self.mlp = nn.Sequential(
            nn.Linear(width, 4 * width),
            nn.GELU(),
            nn.Linear(4 * width, width),
            nn.Dropout(0.1),
        )

    def forward(self, x):
        x = x + self.attention(self.norm1(x))
        return x + self.mlp(self.norm2(x))


class Gpt(nn.Module):
    def __init__(self, width, heads, layers):
        super().__init__()
        self.token = nn.Embedding(len(letters), width)
        self.position = nn.Embedding(block, width)
        self.blocks = nn.Sequential(*[Block(width, heads) for _ in range(layers)])
        self.norm = nn.LayerNorm(width)
        self.head = nn.utils.skip_init(nn.Linear, width, len(letters), bias=False)
        self.head.weight = self.token.weight  # what is read is what is written
        self.apply(self.init)

    def init(self, layer):
        if isinstance(layer, nn.Linear):
            nn.init.normal_(layer.weight, 0, 0.05)
            if layer.bias is not None:
                nn.init.zeros_(layer.bias)
        if isinstance(layer, nn.Embedding):
            nn.init.normal_(layer.weight, 0, 0.05)

    def forward(self, ids):
        x = self.token(ids) + self.position(torch.arange(ids.size(1)))
        return self.head(self.norm(self.blocks(x)))

    @torch.no_grad()
    def generate(self, start, length):
        ids = torch.tensor([[letters.index(letter) for letter in start]])
        for _ in range(length):
            logits = self(ids[:, -block:])[:, -1] / 0.7
            following = torch.multinomial(logits.softmax(1), 1)
            ids = torch.cat([ids, following], 1)
        return "".join(letters[i] for i in ids[0].tolist())


data = torch.tensor([letters.index(letter) for letter in text])
windows = data.unfold(0, block + 1, 1)
model = Gpt(width=48, heads=4, layers=2)
print(f"{len(letters)} letters, {sum(p.numel() for p in model.parameters())} parameters")
optimizer = torch.optim.AdamW(model.parameters(), lr=0.005, betas=(0.9, 0.95))
for step in range(201):
    batch = windows[torch.randint(len(windows), (12,))]
    logits = model(batch[:, :-1])
    loss = F.cross_entropy(logits.flatten(0, 1), batch[:, 1:].flatten())
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    if step % 40 == 0:
        print(f"step {step:4d}  loss {loss.item():.5f}")

model.eval()
print(model.generate("The cat ", 120))
