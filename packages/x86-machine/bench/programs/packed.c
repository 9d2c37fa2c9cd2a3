// Packed SSE2: bytes blended and summed as a picture would be, single precision by fours, 16-bit products.
#include <emmintrin.h>
#include "start.h"

#define BYTES 16384
#define FLOATS 4096

static uint8_t first[BYTES] __attribute__((aligned(16))), second[BYTES] __attribute__((aligned(16)));
static float samples[FLOATS] __attribute__((aligned(16))), filtered[FLOATS] __attribute__((aligned(16)));

static uint32_t run(void) {
  for (int i = 0; i < BYTES; i++) {
    first[i] = i * 13;
    second[i] = i * 29 + 3;
  }
  for (int i = 0; i < FLOATS; i++) samples[i] = (i * 37 % 101) * 0.5f - 20;
  __m128i total = _mm_setzero_si128(), weight = _mm_set1_epi16(77), zero = _mm_setzero_si128();
  for (int pass = 0; pass < 100; pass++) {
    for (int i = 0; i < BYTES; i += 16) {
      __m128i a = _mm_load_si128((__m128i *)(first + i)), b = _mm_loadu_si128((__m128i *)(second + i));
      total = _mm_add_epi64(total, _mm_sad_epu8(a, b));
      __m128i low = _mm_mullo_epi16(_mm_unpacklo_epi8(a, zero), weight);
      __m128i high = _mm_mullo_epi16(_mm_unpackhi_epi8(a, zero), weight);
      __m128i blended = _mm_packus_epi16(_mm_srli_epi16(low, 7), _mm_srli_epi16(high, 7));
      __m128i mask = _mm_cmpeq_epi8(_mm_max_epu8(blended, b), b);
      _mm_store_si128((__m128i *)(first + i), _mm_or_si128(_mm_and_si128(mask, blended), _mm_andnot_si128(mask, a)));
    }
    __m128 gain = _mm_set1_ps(0.75f), last = _mm_setzero_ps();
    for (int i = 0; i < FLOATS; i += 4) {
      __m128 now = _mm_load_ps(samples + i);
      last = _mm_add_ps(_mm_mul_ps(last, gain), _mm_mul_ps(now, _mm_set1_ps(0.25f)));
      _mm_store_ps(filtered + i, _mm_min_ps(last, _mm_shuffle_ps(now, last, 0x4e)));
    }
    for (int i = 0; i < FLOATS; i += 4) _mm_store_ps(samples + i, _mm_sub_ps(_mm_load_ps(samples + i), _mm_load_ps(filtered + i)));
  }
  uint32_t sum = _mm_cvtsi128_si32(total) + _mm_cvtsi128_si32(_mm_srli_si128(total, 8));
  for (int i = 0; i < FLOATS; i++) sum = sum * 31 + (int)(filtered[i] * 16);
  return sum;
}
