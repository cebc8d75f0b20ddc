package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;

import gradus.tensor.Tensor;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;

class LayerSummaryTest {
  private static Sequential model() {
    var layers = new LinkedHashMap<String, Layer>();
    layers.put("conv", new Conv2d(1, 20, 5));
    layers.put("norm", new BatchNorm2d(20));
    layers.put("head", new Sequential(new Flatten(), new Linear(11520, 10)));
    return new Sequential(layers);
  }

  @Test
  void withoutInput() {
    Sequential model = model();
    ((Conv2d) model.get(0)).weight.requiresGrad(false);
    assertThat(model.summary())
        .isEqualTo(
            """
            ===================================================
            Layer (type (var_name))    Param #    Trainable
            ===================================================
            Sequential                 --         Partial
            ├─Conv2d (conv)            520        Partial
            ├─BatchNorm2d (norm)       40         True
            └─Sequential (head)        --         True
              ├─Flatten (0)            --         --
              └─Linear (1)             115,210    True
            ===================================================
            Total params: 115,770
            Trainable params: 115,270
            Non-trainable params: 500
            Params size (bytes): 463,080
            Buffers size (bytes): 168
            ===================================================""");
  }

  @Test
  void withShapes() {
    Sequential model = model();
    assertThat(model.summary(Tensor.ones(2, 1, 28, 28)))
        .contains(
            """
            Layer (type (var_name))    Output Shape       Param #    Trainable
            """)
        .contains("Sequential                 [2, 10]            --         True\n")
        .contains("├─Conv2d (conv)            [2, 20, 24, 24]    520        True\n")
        .contains("  ├─Flatten (0)            [2, 11520]         --         --\n");
    assertThat(model.training()).isTrue();
    Tensor steps = model.buffers().getLast();
    assertThat(steps.item()).isZero();
  }

  @Test
  void aSharedLayerIsCountedOnce() {
    var linear = new Linear(3, 3);
    var model = new Sequential(linear, new ReLU(), linear);
    assertThat(model.summary())
        .contains("├─Linear (0)               12             True\n")
        .contains("└─Linear (2)               (recursive)    True\n")
        .contains("Total params: 12\n");
  }

  @Test
  void severalInputs() {
    var bilinear = new Bilinear(2, 3, 4);
    assertThat(bilinear.summary(() -> bilinear.forward(Tensor.ones(1, 2), Tensor.ones(1, 3))))
        .contains("Bilinear                   --              28         True\n");
  }
}
