// Prints doubles in every form: what arithmetic and conversion give must be what any other x86-64 machine gives.
#include <capos/console.h>

static double square_root(double value) {
  double root;
  __asm__("sqrtsd %1, %0" : "=x"(root) : "x"(value));
  return root;
}

int main(void) {
  double sum = 0, product = 1;
  for (int index = 1; index <= 20; index++) {
    sum += 1.0 / index;
    product *= index;
  }
  capos_print("harmonic 20   %.17g\n", sum);
  capos_print("20!           %.0f\n", product);
  capos_print("sqrt 2        %.17g\n", square_root(2));
  capos_print("0.1 + 0.2     %.17g\n", 0.1 + 0.2);
  capos_print("1e23          %.17g %g %e\n", 1e23, 1e23, 1e23);
  capos_print("largest       %g\n", 0x1.fffffffffffffp1023);
  capos_print("smallest      %g\n", 0x1p-1074);
  volatile double zero = 0;
  capos_print("infinities    %f %f\n", 1 / zero, -1 / zero);
  capos_print("not a number  %s\n", zero / zero == zero / zero ? "equal to itself" : "unequal to itself");
  float third = 1.0f / 3.0f;
  capos_print("1/3 as float  %.9g\n", (double)third);
  capos_print("truncated     %d %ld\n", (int)-2.75, (long)1e15);
  double table[4] = {2.5, 3.5, -2.5, 0.125};
  for (int index = 0; index < 4; index++) capos_print("%8.0f%8.2f%10.1e|", table[index], table[index], table[index]);
  capos_print("\n");
  return 0;
}
