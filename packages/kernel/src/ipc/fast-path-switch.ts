// How often the fast paths were taken; and the switch, for those who compare (fast-path.ts, ring-fast-path.ts).

export class FastPath {
  isOn = true;
  calls = 0;
  returns = 0;
}
