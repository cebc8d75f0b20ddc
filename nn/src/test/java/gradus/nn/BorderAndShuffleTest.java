package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import gradus.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Layers that put a border around, or only move what is there. */
class BorderAndShuffleTest {
  private static float[] of(Layer layer, Tensor x) {
    return layer.forward(x).flatten().toFloatArray();
  }

  @Test
  void bordersOfSequences() {
    Tensor x = Tensor.of(1f, 2, 3).reshape(1, 3);
    assertThat(of(new ZeroPad1d(1, 2), x)).containsExactly(0, 1, 2, 3, 0, 0);
    assertThat(of(new ConstantPad1d(1, 7.5), x)).containsExactly(7.5f, 1, 2, 3, 7.5f);
    assertThat(of(new ReflectionPad1d(2), x)).containsExactly(3, 2, 1, 2, 3, 2, 1);
    assertThat(of(new ReplicationPad1d(2, 1), x)).containsExactly(1, 1, 1, 2, 3, 3);
    assertThat(of(new CircularPad1d(2, 1), x)).containsExactly(2, 3, 1, 2, 3, 1);
    assertThat(of(new ZeroPad1d(-1), x)).containsExactly(2);
  }

  @Test
  void sidesOfImagesAndVolumes() {
    Tensor image = Tensor.randn(2, 3, 4, 5);
    assertThat(new ReflectionPad2d(1, 2, 3, 0).forward(image).shape().toArray())
        .containsExactly(2, 3, 7, 8);
    assertThat(new ReplicationPad3d(1, 0, 2, 0, 0, 3).forward(image).shape().toArray())
        .containsExactly(2, 6, 6, 6);
    Tensor wanted = F.pad(image, new int[] {1, 1, 1, 1}, "circular");
    assertThat(new CircularPad2d(1).forward(image).equal(wanted)).isTrue();
  }

  @Test
  void pixelsAndChannels() {
    Tensor x = Tensor.arange(16).reshape(1, 4, 2, 2);
    assertThat(new PixelShuffle(2).forward(x).flatten().toLongArray())
        .containsExactly(0, 4, 1, 5, 8, 12, 9, 13, 2, 6, 3, 7, 10, 14, 11, 15);
    assertThat(new PixelUnshuffle(2).forward(new PixelShuffle(2).forward(x)).equal(x)).isTrue();
    Tensor channels = Tensor.arange(6).reshape(1, 6, 1);
    assertThat(new ChannelShuffle(2).forward(channels).flatten().toLongArray())
        .containsExactly(0, 3, 1, 4, 2, 5);
  }

  @Test
  void refusalsAndText() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ReflectionPad2d(1, 2))
        .withMessageContaining("2 numbers");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ReflectionPad1d(1).forward(Tensor.ones(3)))
        .withMessageContaining("expected 2D or 3D input");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> F.pixelShuffle(Tensor.ones(1, 3, 2, 2), 2))
        .withMessageContaining("not divisible");
    assertThat(new ReflectionPad2d(1)).hasToString("ReflectionPad2d((1, 1, 1, 1))");
    assertThat(new ConstantPad1d(1, 2)).hasToString("ConstantPad1d(padding=(1, 1), value=2.0)");
    assertThat(new PixelShuffle(2)).hasToString("PixelShuffle(upscale_factor=2)");
  }
}
