/**
 * Layers, losses and optimizers; one line brings in everything: {@code import module gradus.nn;}.
 */
module gradus.nn {
  requires transitive gradus.autograd;

  exports gradus.nn;
  exports gradus.nn.bert;
  exports gradus.nn.data;
  exports gradus.nn.optim;
  exports gradus.nn.optim.lrscheduler;
}
