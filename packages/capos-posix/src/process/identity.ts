// Identity: the numbers by which a program believes to be somebody (credentials(7)). They confer nothing.

/** Who the program believes to be. */
export interface Identity {
  uid: number;
  euid: number;
  suid: number;
  gid: number;
  egid: number;
  sgid: number;
  groups: number[];
}
