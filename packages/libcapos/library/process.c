// Starting other programs.
#include <capos/allocate.h>
#include <capos/process.h>
#include <capos/schema/process.h>

static uint32_t count_strings(const char *const *strings) {
  uint32_t count = 0;
  while (strings != NULL && strings[count] != NULL) count++;
  return count;
}

static void fill_texts(struct capos_text *texts, const char *const *strings, uint32_t count) {
  for (uint32_t index = 0; index < count; index++) texts[index] = capos_text_of(strings[index]);
}

int capos_spawn(capos_cap spawner, const struct capos_spawn *spawn, capos_cap *process) {
  uint32_t argument_count = count_strings(spawn->arguments), variable_count = count_strings(spawn->environment);
  if (spawn->grant_count > CAPOS_MAX_TRANSFERS || spawn->image_size > UINT32_MAX) return -CAPOS_ERROR_TOO_LARGE;
  struct capos_text *texts = capos_allocate_zeroed((size_t)argument_count + variable_count + 1, sizeof *texts);
  if (texts == NULL) return -CAPOS_ERROR_NO_HEAP;
  fill_texts(texts, spawn->arguments, argument_count);
  fill_texts(texts + argument_count, spawn->environment, variable_count);
  struct capos_grant grants[CAPOS_MAX_TRANSFERS];
  for (uint32_t index = 0; index < spawn->grant_count; index++) {
    grants[index] = (struct capos_grant){.name = capos_text_of(spawn->grants[index].name), .cap = index};
  }
  struct capos_process_spawner_spawn_params params = {
      .name = capos_text_of(spawn->name),
      .program = capos_text_of(spawn->program != NULL ? spawn->program : ""),
      .image = {spawn->image, spawn->program != NULL ? 0 : (uint32_t)spawn->image_size},
      .arguments = {.items = texts, .count = argument_count},
      .environment = {.items = texts + argument_count, .count = variable_count},
      .grants = {.items = grants, .count = (uint32_t)spawn->grant_count},
  };
  struct capos_exchange exchange;
  struct capos_process_spawner_spawn_results results;
  int error = capos_exchange_begin(&exchange, 8 + capos_process_spawner_spawn_params_size(&params));
  if (error == 0) error = capos_process_spawner_spawn_params_encode(&params, &exchange.request);
  // Grants name capabilities by ordinal in plain numbers, so their transfers are added by hand, in the same order.
  for (uint32_t index = 0; error == 0 && index < spawn->grant_count; index++) {
    int ordinal = capos_request_transfer(&exchange.request, spawn->grants[index].cap, spawn->grants[index].mode);
    if (ordinal < 0) error = ordinal;
  }
  if (error == 0) error = capos_exchange_call(&exchange, spawner, CAPOS_PROCESS_SPAWNER_METHOD_SPAWN);
  if (error == 0) error = capos_process_spawner_spawn_results_decode(&results, &exchange.answer);
  if (error == 0) *process = results.process.cap;
  error = capos_exchange_end(&exchange, error);
  capos_free(texts);
  return error;
}
