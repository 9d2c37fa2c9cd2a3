// What misuse by the embedding program throws. (What a program inside runs into is a NetworkFailure, a value.)

export class NetworkLibraryError extends Error {
  override readonly name = 'NetworkLibraryError';
}
