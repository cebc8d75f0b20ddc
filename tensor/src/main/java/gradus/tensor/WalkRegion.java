package gradus.tensor;

import gradus.tensor.spi.WalkMemory;
import java.util.function.Supplier;

/**
 * The memory of a backward walk. A gradient lives while it is in flight: computed, but not yet
 * passed on. What else the walk computes is dead after the step that did.
 */
final class WalkRegion implements WalkMemory {
  private final Region region = Region.open();

  WalkRegion() {
    count(1);
  }

  private void count(int more) {
    if (region.outer != null) {
      region.outer.walks += more;
    }
  }

  @Override
  public void hold(Tensor gradient) {
    Storage.Floats storage = Region.floatsOf(gradient);
    if (storage != null && storage.region() == region) {
      storage.inFlight++;
    }
  }

  @Override
  public void drop(Tensor gradient) {
    Storage.Floats storage = Region.floatsOf(gradient);
    if (storage != null && storage.region() == region && --storage.inFlight == 0) {
      region.made.add(storage);
    }
  }

  @Override
  public boolean giveToLeaf(Tensor gradient) {
    Storage.Floats storage = Region.floatsOf(gradient);
    return storage != null
        && storage.inFlight == 0
        && (gradient.isSparse() || storage.size() == gradient.numel())
        && storage.moveTo(region, region.state.gradients);
  }

  @Override
  public boolean lasts(Tensor gradient) {
    Storage.Floats storage = Region.floatsOf(gradient);
    return storage == null || storage.region() == null;
  }

  @Override
  public void show(Tensor gradient) {
    region.keep(gradient);
  }

  @Override
  public void sweep() {
    for (Storage.Floats storage : region.made) {
      if (storage.inFlight == 0) {
        Region.handBack(storage, region);
      }
    }
    region.made.clear();
  }

  @Override
  public <T> T outside(Supplier<T> foreign) {
    region.state.current = region.outer;
    try {
      T result = foreign.get();
      if (region.state.current != region.outer) {
        throw new IllegalStateException(
            "Memory.scope: a hook opened a scope and left it open. Backward goes on with its own"
                + " memory. Close it in the hook, best by try (...).");
      }
      return result;
    } finally {
      while (region.state.current != region.outer) {
        region.state.current.end();
      }
      region.state.current = region;
    }
  }

  @Override
  public void close() {
    count(-1);
    region.close();
  }
}
