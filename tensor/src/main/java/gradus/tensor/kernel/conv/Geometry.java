package gradus.tensor.kernel.conv;

/**
 * The sizes of a convolution over volumes: input {@code [batch, groups · in, size]}, weight {@code
 * [groups · out, in, kernel]}, output {@code [batch, groups · out, count]}. Images and sequences
 * are volumes of depth 1.
 *
 * @param batch how many samples
 * @param groups how many parts the channels fall into, which see nothing of each other
 * @param in channels of a group of the input
 * @param out channels of a group of the output
 * @param size the input's three sizes
 * @param kernel the kernel's
 * @param count the output's
 * @param stride how far the kernel moves
 * @param padding how far it begins before the input; negative cuts off
 * @param dilation how far its elements are apart
 */
public record Geometry(
    int batch,
    int groups,
    int in,
    int out,
    int[] size,
    int[] kernel,
    int[] count,
    int[] stride,
    int[] padding,
    int[] dilation) {

  /** Elements of a channel of the input. */
  int inputArea() {
    return size[0] * size[1] * size[2];
  }

  /** Elements of a channel of the output. */
  int outputArea() {
    return count[0] * count[1] * count[2];
  }

  /** Elements of a kernel for one channel of the input. */
  int kernelArea() {
    return kernel[0] * kernel[1] * kernel[2];
  }

  /** What a sum of the output runs over: rows of the matrix of columns. */
  int depth() {
    return in * kernelArea();
  }

  /** Where along d the output at o meets the input by the kernel's element k; may be outside. */
  int meets(int d, int o, int k) {
    return o * stride[d] - padding[d] + k * dilation[d];
  }

  /** The first output along d that the kernel's element k takes from inside the input. */
  int first(int d, int k) {
    int before = padding[d] - k * dilation[d];
    return before <= 0 ? 0 : Math.min(count[d], Math.ceilDiv(before, stride[d]));
  }

  /** The output along d after the last such. */
  int end(int d, int k) {
    int room = size[d] + padding[d] - k * dilation[d];
    return room <= 0 ? 0 : Math.min(count[d], Math.ceilDiv(room, stride[d]));
  }

  /**
   * The convolution that takes gradients of the output back to the input, where the kernel moves by
   * single steps: that of the mirrored kernel.
   */
  Geometry backwards() {
    int[] pad = new int[3];
    for (int d = 0; d < 3; d++) {
      pad[d] = dilation[d] * (kernel[d] - 1) - padding[d];
    }
    return new Geometry(batch, groups, out, in, count, kernel, size, stride, pad, dilation);
  }

  /** Whether the kernel moves by single steps. */
  boolean isDense() {
    return stride[0] == 1 && stride[1] == 1 && stride[2] == 1;
  }

  /** Whether the matrix of columns is the input itself. */
  boolean isPlain() {
    boolean plain = isDense() && kernelArea() == 1;
    for (int d = 0; d < 3; d++) {
      plain &= padding[d] == 0 && size[d] == count[d];
    }
    return plain;
  }
}
