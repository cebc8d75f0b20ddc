package gradus.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.nn.Dropout;
import gradus.nn.Embedding;
import gradus.nn.Layer;
import gradus.nn.Linear;
import gradus.nn.Sequential;
import gradus.nn.optim.lrscheduler.ConstantLR;
import gradus.nn.optim.lrscheduler.CosineAnnealingLR;
import gradus.nn.optim.lrscheduler.CosineAnnealingWarmRestarts;
import gradus.nn.optim.lrscheduler.CyclicLR;
import gradus.nn.optim.lrscheduler.ExponentialLR;
import gradus.nn.optim.lrscheduler.LRScheduler;
import gradus.nn.optim.lrscheduler.LambdaLR;
import gradus.nn.optim.lrscheduler.LinearLR;
import gradus.nn.optim.lrscheduler.MultiStepLR;
import gradus.nn.optim.lrscheduler.MultiplicativeLR;
import gradus.nn.optim.lrscheduler.OneCycleLR;
import gradus.nn.optim.lrscheduler.PolynomialLR;
import gradus.nn.optim.lrscheduler.ReduceLROnPlateau;
import gradus.nn.optim.lrscheduler.SequentialLR;
import gradus.nn.optim.lrscheduler.StepLR;
import gradus.tensor.DType;
import gradus.tensor.Generator;
import gradus.tensor.Tensor;
import gradus.tensor.io.LoadProgress;
import gradus.tensor.io.TorchFile;
import gradus.tensor.io.TorchMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A training that was stopped and went on from a checkpoint equals one that was not, bit for bit.
 */
class ResumeTest { // pytorch #549, #35047, #60265, #65342, #2849, #40769
  @TempDir Path folder;

  // ---- every optimizer with every scheduler

  /** What a checkpoint says of a scheduler, whatever its type. */
  private record Schedule(
      Runnable step,
      Function<Void, Map<String, Object>> save,
      java.util.function.Consumer<Map<?, ?>> load) {
    static Schedule of(LRScheduler s) {
      return new Schedule(s::step, _ -> s.stateDict(), s::loadStateDict);
    }

    static Schedule of(ReduceLROnPlateau s) {
      return new Schedule(() -> s.step(1), _ -> s.stateDict(), s::loadStateDict);
    }
  }

  private static Map<String, Function<List<Tensor>, Optimizer>> optimizers() {
    var all = new LinkedHashMap<String, Function<List<Tensor>, Optimizer>>();
    all.put("SGD", p -> new SGD(p, 0.1));
    all.put("SGD with momentum", p -> new SGD(p, 0.1, 0.9, 0, 0.01, true, false));
    all.put("Adam", p -> new Adam(p, 0.1));
    all.put(
        "Adam, amsgrad", p -> new Adam(p, 0.1, new double[] {0.9, 0.99}, 1e-8, 0.1, true, false));
    all.put("AdamW", p -> new AdamW(p, 0.1));
    all.put("Adamax", p -> new Adamax(p, 0.1));
    all.put("NAdam", p -> new NAdam(p, 0.1));
    all.put("RAdam", p -> new RAdam(p, 0.1));
    all.put("Adadelta", p -> new Adadelta(p, 0.5));
    all.put("Adagrad", p -> new Adagrad(p, 0.1, 0.1, 0, 0.5, 1e-10, false));
    all.put("RMSprop", p -> new RMSprop(p, 0.1, 0.9, 1e-8, 0, 0.5, true, false));
    all.put("Rprop", p -> new Rprop(p, 0.1));
    all.put("ASGD", p -> new ASGD(p, 0.1, 1e-2, 0.75, 2, 0, false));
    all.put("SparseAdam", p -> new SparseAdam(p, 0.1));
    return all;
  }

  private static Map<String, Function<Optimizer, Schedule>> schedulers() {
    var all = new LinkedHashMap<String, Function<Optimizer, Schedule>>();
    all.put("StepLR", o -> Schedule.of(new StepLR(o, 2, 0.5)));
    all.put("MultiStepLR", o -> Schedule.of(new MultiStepLR(o, new int[] {2, 4, 4}, 0.5)));
    all.put("ExponentialLR", o -> Schedule.of(new ExponentialLR(o, 0.7)));
    all.put("LambdaLR", o -> Schedule.of(new LambdaLR(o, epoch -> 1.0 / (1 + epoch))));
    all.put("MultiplicativeLR", o -> Schedule.of(new MultiplicativeLR(o, epoch -> 0.9)));
    all.put("ConstantLR", o -> Schedule.of(new ConstantLR(o, 0.3, 4)));
    all.put("LinearLR", o -> Schedule.of(new LinearLR(o, 0.3, 1, 5)));
    all.put("PolynomialLR", o -> Schedule.of(new PolynomialLR(o, 6, 2)));
    all.put("CosineAnnealingLR", o -> Schedule.of(new CosineAnnealingLR(o, 3, 0.01)));
    all.put("WarmRestarts", o -> Schedule.of(new CosineAnnealingWarmRestarts(o, 2, 2, 0.01)));
    all.put(
        "CyclicLR",
        o ->
            Schedule.of(
                new CyclicLR(
                    o,
                    0.01,
                    0.1,
                    c ->
                        c.stepSizeUp(2)
                            .stepSizeDown(3)
                            .mode("triangular2")
                            .cycleMomentum(cycles(o)))));
    all.put(
        "OneCycleLR", o -> Schedule.of(new OneCycleLR(o, 0.1, 7, c -> c.cycleMomentum(cycles(o)))));
    all.put(
        "SequentialLR",
        o ->
            Schedule.of(
                new SequentialLR(
                    o, List.of(new LinearLR(o), new ExponentialLR(o, 0.8)), new int[] {2})));
    all.put("ReduceLROnPlateau", o -> Schedule.of(new ReduceLROnPlateau(o, "min", 0.5, 1)));
    return all;
  }

  private static boolean cycles(Optimizer optimizer) {
    ParamGroup group = optimizer.paramGroups().getFirst();
    return group.has("momentum") || group.has("betas");
  }

  static Stream<Arguments> pairs() {
    return optimizers().entrySet().stream()
        .flatMap(
            o ->
                schedulers().entrySet().stream()
                    .map(s -> Arguments.of(o.getKey(), s.getKey(), o.getValue(), s.getValue())));
  }

  /** A model in training: two groups where the optimizer can have them. */
  private static final class Run {
    final Layer model;
    final Optimizer optimizer;
    final Schedule schedule;
    final boolean sparse;

    Run(Function<List<Tensor>, Optimizer> optimizer, Function<Optimizer, Schedule> schedule) {
      sparse = optimizer.apply(List.of(Tensor.zeros(1).requiresGrad(true))) instanceof SparseAdam;
      Tensor.manualSeed(3);
      if (sparse) {
        model = new Embedding(6, 3, true);
        this.optimizer = optimizer.apply(model.parameters());
      } else {
        model = new Sequential(new Linear(4, 5), new Linear(5, 2));
        this.optimizer = optimizer.apply(model.parameters().subList(0, 2));
        this.optimizer.addParamGroup(model.parameters().subList(2, 4), Map.of("lr", 0.05));
      }
      this.schedule = schedule.apply(this.optimizer);
    }

    void train(int from, int to) {
      for (int epoch = from; epoch < to; epoch++) {
        optimizer.zeroGrad();
        Tensor input =
            sparse
                ? Tensor.of((long) epoch % 6, (epoch + 2L) % 6)
                : Tensor.fromArray(new double[] {epoch, 1, -1, 0.5}, 1, 4).to(DType.FLOAT32);
        model.forward(input).square().mean().backward();
        optimizer.step();
        schedule.step().run();
      }
    }

    List<float[]> weights() {
      return model.parameters().stream().map(p -> p.detach().toFloatArray()).toList();
    }
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("pairs")
  void goesOnAsIfItHadNotBeenStopped(
      String optimizerName,
      String schedulerName,
      Function<List<Tensor>, Optimizer> optimizer,
      Function<Optimizer, Schedule> schedule) {
    var whole = new Run(optimizer, schedule);
    whole.train(0, 6);
    for (int stop : new int[] {2, 3}) {
      var first = new Run(optimizer, schedule);
      first.train(0, stop);
      Path file = folder.resolve("checkpoint.pt");
      TorchFile.save(
          Map.of(
              "model", first.model.stateDict(),
              "optimizer", first.optimizer.stateDict().toMap(),
              "scheduler", first.schedule.save().apply(null),
              "epoch", stop),
          file);
      var second = new Run(optimizer, schedule);
      TorchMap checkpoint = TorchFile.loadMap(file, LoadProgress.silent());
      second.model.loadStateDict(checkpoint.getMap("model"));
      second.optimizer.loadStateDict(checkpoint.getMap("optimizer"));
      second.schedule.load().accept(checkpoint.getMap("scheduler"));
      second.train((int) checkpoint.getLong("epoch"), 6);
      assertThat(rates(second.optimizer)).isEqualTo(rates(whole.optimizer));
      for (int i = 0; i < whole.weights().size(); i++) {
        assertThat(second.weights().get(i)).isEqualTo(whole.weights().get(i));
      }
    }
  }

  private static List<Double> rates(Optimizer optimizer) {
    return optimizer.paramGroups().stream().map(ParamGroup::lr).toList();
  }

  /** Dropout and the order of the data go on where they were. */
  @Test
  void goesOnInTheMiddleOfAnEpoch() {
    Path file = folder.resolve("rng.pt");
    Tensor.manualSeed(1);
    var model = new Sequential(new Linear(2, 8), new Dropout(0.5), new Linear(8, 1));
    steps(model, 3);
    TorchFile.save(
        Map.of("model", model.stateDict(), "rng", Generator.standard().getState()), file);
    steps(model, 3);
    Tensor.manualSeed(2);
    var resumed = new Sequential(new Linear(2, 8), new Dropout(0.5), new Linear(8, 1));
    TorchMap checkpoint = TorchFile.loadMap(file, LoadProgress.silent());
    resumed.loadStateDict(checkpoint.getMap("model"));
    Generator.standard().setState(checkpoint.getTensor("rng"));
    steps(resumed, 3);
    assertThat(resumed.stateDict().keySet()).hasSize(4);
    resumed
        .stateDict()
        .forEach((name, value) -> assertThat(value.equal(model.stateDict().get(name))).isTrue());
  }

  private static void steps(Layer model, int n) {
    var optimizer = new SGD(model.parameters(), 0.1);
    for (int i = 0; i < n; i++) {
      optimizer.zeroGrad();
      model.forward(Tensor.randn(5, 2)).square().mean().backward();
      optimizer.step();
    }
  }

  // ---- a scheduler over a loaded optimizer, from its last epoch on

  @Test
  void aSchedulerGoesOnAfterItsLastEpoch() {
    var makers =
        new LinkedHashMap<String, java.util.function.BiFunction<Optimizer, Integer, LRScheduler>>();
    makers.put("StepLR", (o, last) -> new StepLR(o, 2, 0.1, last));
    makers.put("MultiStepLR", (o, last) -> new MultiStepLR(o, new int[] {1, 3}, 0.1, last));
    makers.put("ExponentialLR", (o, last) -> new ExponentialLR(o, 0.9, last));
    makers.put("LambdaLR", (o, last) -> new LambdaLR(o, List.of(e -> 1.0 / (1 + e)), last));
    makers.put("MultiplicativeLR", (o, last) -> new MultiplicativeLR(o, List.of(e -> 0.9), last));
    makers.put("ConstantLR", (o, last) -> new ConstantLR(o, 0.3, 4, last));
    makers.put("LinearLR", (o, last) -> new LinearLR(o, 0.3, 1, 5, last));
    makers.put("PolynomialLR", (o, last) -> new PolynomialLR(o, 6, 2, last));
    makers.put("CosineAnnealingLR", (o, last) -> new CosineAnnealingLR(o, 3, 0, last));
    makers.put("WarmRestarts", (o, last) -> new CosineAnnealingWarmRestarts(o, 2, 2, 0, last));
    makers.put(
        "CyclicLR",
        (o, last) ->
            new CyclicLR(o, 0.01, 1, c -> c.stepSizeUp(2).stepSizeDown(3).lastEpoch(last)));
    makers.put(
        "OneCycleLR",
        (o, last) -> new OneCycleLR(o, 1, 9, c -> c.threePhase(true).lastEpoch(last)));
    makers.forEach(
        (name, maker) -> {
          var optimizer = new SGD(List.of(Tensor.zeros(1).requiresGrad(true)), 1, 0.9);
          LRScheduler scheduler = maker.apply(optimizer, -1);
          scheduler.step();
          for (int epoch = 1; epoch < 7; epoch++) {
            var other = new SGD(List.of(Tensor.zeros(1).requiresGrad(true)), 1, 0.9);
            other.loadStateDict(optimizer.stateDict());
            LRScheduler again = maker.apply(other, epoch - 1);
            assertThat(again.lastEpoch()).isEqualTo(epoch);
            again.step();
            scheduler.step();
            assertThat(again.getLastLr()).as(name + " " + epoch).isEqualTo(scheduler.getLastLr());
            assertThat(other.paramGroups().getFirst().number("momentum"))
                .isEqualTo(optimizer.paramGroups().getFirst().number("momentum"));
          }
        });
    var fresh = new SGD(List.of(Tensor.zeros(1).requiresGrad(true)), 1);
    assertThatThrownBy(() -> new StepLR(fresh, 2, 0.1, 3))
        .hasMessageStartingWith("StepLR: lastEpoch is 3, but param 'initial_lr' is not specified");
    assertThatThrownBy(() -> new StepLR(fresh, 2, 0.1, -2))
        .hasMessageStartingWith("StepLR: lastEpoch is -2.");
  }

  @Test
  void aSchedulerTakesOverTheSettings() {
    var optimizer = new SGD(List.of(Tensor.zeros(1).requiresGrad(true)), 1);
    var scheduler = new StepLR(optimizer, 2, 0.1);
    scheduler.step();
    assertThat(scheduler.stateDict())
        .containsEntry("step_size", 2)
        .containsEntry("gamma", 0.1)
        .containsEntry("last_epoch", 1)
        .containsEntry("base_lrs", List.of(1.0));
    var other = new StepLR(new SGD(List.of(Tensor.zeros(1).requiresGrad(true)), 1), 9, 0.5);
    other.loadStateDict(scheduler.stateDict());
    other.step();
    assertThat(other.getLastLr()).containsExactly(0.1);
  }

  @Test
  void aSchedulersStateThatDoesNotFitChangesNothing() {
    var optimizer = new SGD(List.of(Tensor.zeros(1).requiresGrad(true)), 1);
    var scheduler = new StepLR(optimizer, 2, 0.1);
    Map<String, Object> before = scheduler.stateDict();
    for (var wrong :
        List.of(
            Map.of("last_epoch", 3, "step_size", 0),
            Map.of("last_epoch", 3, "step_size", "two"),
            Map.of("last_epoch", 3, "step_size", 5, "gamma", Double.NaN),
            Map.of("last_epoch", 3, "base_lrs", List.of(1.0, 2.0)),
            Map.of("last_epoch", 2.5),
            Map.of("step_size", 5))) {
      assertThatThrownBy(() -> scheduler.loadStateDict(wrong))
          .as("%s", wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("StepLR");
      assertThat(scheduler.stateDict()).isEqualTo(before);
    }
    var plateau = new ReduceLROnPlateau(optimizer);
    Map<String, Object> known = plateau.stateDict();
    assertThatThrownBy(() -> plateau.loadStateDict(Map.of("best", 1.0)))
        .hasMessageStartingWith("ReduceLROnPlateau.loadStateDict: num_bad_epochs is null.");
    assertThat(plateau.stateDict()).isEqualTo(known);
    var sequence =
        new SequentialLR(
            optimizer, List.of(scheduler, new ExponentialLR(optimizer, 0.5)), new int[] {3});
    Map<String, Object> sequel = sequence.stateDict();
    var damaged = new LinkedHashMap<>(sequel);
    damaged.put("last_epoch", 4);
    damaged.put(
        "_schedulers", List.of(scheduler.stateDict(), Map.of("last_epoch", 1, "gamma", "x")));
    assertThatThrownBy(() -> sequence.loadStateDict(damaged)).hasMessageContaining("gamma is x");
    assertThat(sequence.stateDict()).isEqualTo(sequel);
  }

  // ---- the state of an optimizer

  private static Adam adam(int... sizes) {
    return new Adam(
        Arrays.stream(sizes).mapToObj(n -> Tensor.ones(n).requiresGrad(true)).toList(), 0.1);
  }

  private static Adam stepped(Adam optimizer) {
    optimizer.zeroGrad();
    optimizer.paramGroups().forEach(g -> g.params().forEach(p -> p.square().sum().backward()));
    optimizer.step();
    return optimizer;
  }

  @Test
  void aStateIsLaidOutAsInPyTorch() {
    var optimizer = stepped(adam(2, 3));
    Map<String, Object> map = optimizer.stateDict().toMap();
    assertThat(map.keySet()).containsExactly("state", "param_groups");
    var group = (Map<?, ?>) ((List<?>) map.get("param_groups")).getFirst();
    assertThat(group.get("params")).isEqualTo(List.of(0, 1));
    assertThat(((Map<?, ?>) map.get("state")).keySet()).isEqualTo(java.util.Set.of(0, 1));
    Path file = folder.resolve("adam.pt");
    optimizer.stateDict().save(file);
    var again = adam(2, 3);
    again.loadStateDict(OptimizerState.load(file));
    assertThat(again.stateDict().toMap().toString()).isEqualTo(map.toString());
  }

  /** As PyTorch writes it: steps as tensors, further options, numbers that are not positions. */
  @Test
  void aStateOfPyTorchIsTaken() {
    var options = new LinkedHashMap<String, Object>();
    options.put("lr", 0.5);
    options.put("betas", List.of(0.8, 0.9));
    options.put("eps", 1e-8);
    options.put("weight_decay", 0L);
    options.put("amsgrad", false);
    options.put("foreach", null);
    options.put("fused", null);
    options.put("params", List.of(7L, 3L));
    Map<Long, Map<String, Object>> state =
        Map.of(
            7L,
            Map.of(
                "step", Tensor.scalar(4, DType.FLOAT32),
                "exp_avg", Tensor.of(1.0, 2.0).to(DType.FLOAT64),
                "exp_avg_sq", Tensor.of(3.0, 4.0)));
    var optimizer = adam(2, 3);
    optimizer.loadStateDict(
        OptimizerState.of(Map.of("state", state, "param_groups", List.of(options))));
    Tensor first = optimizer.paramGroups().getFirst().params().getFirst();
    assertThat(optimizer.state(first).get("step")).isEqualTo(4);
    assertThat(((Tensor) optimizer.state(first).get("exp_avg")).dtype()).isEqualTo(DType.FLOAT32);
    assertThat(optimizer.paramGroups().getFirst().lr()).isEqualTo(0.5);
    assertThat(optimizer.toString()).contains("foreach: None");
    stepped(optimizer);
    assertThat(optimizer.state(first).get("step")).isEqualTo(5);
  }

  @Test
  void aStateOfOtherSizesOrGroupsIsRefusedAndNothingChanges() {
    var optimizer = stepped(adam(2, 3));
    String before = optimizer.stateDict().toMap().toString();
    var wrong = new LinkedHashMap<String, OptimizerState>();
    wrong.put("doesn't match the size of optimizer's group", stepped(adam(2)).stateDict());
    wrong.put("\"exp_avg\" of the parameter 1 is [4]", stepped(adam(2, 4)).stateDict());
    var two = adam(2);
    two.addParamGroup(List.of(Tensor.ones(3).requiresGrad(true)), Map.of("lr", 0.5));
    wrong.put("different number of parameter groups: 2 instead of 1", stepped(two).stateDict());
    var good = stepped(adam(2, 3)).stateDict();
    var other = new ArrayList<>(good.paramGroups());
    var options = new LinkedHashMap<>(other.getFirst());
    options.put("lr", "fast");
    other.set(0, options);
    wrong.put("the option \"lr\" is fast", new OptimizerState(good.state(), other));
    wrong.put("has a parameter 5", new OptimizerState(Map.of(5, Map.of()), good.paramGroups()));
    wrong.forEach(
        (text, state) -> {
          assertThatThrownBy(() -> optimizer.loadStateDict(state))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageStartingWith("Adam.loadStateDict: ")
              .hasMessageContaining(text);
          assertThat(optimizer.stateDict().toMap().toString()).isEqualTo(before);
        });
    assertThatThrownBy(() -> OptimizerState.of(Map.of("lr", 1)))
        .hasMessageStartingWith("OptimizerState: the map has [lr].");
  }
}
