@0x873c97cfe018051f;
# The meeting point of clients and one server. The owner receives and returns; a client facet may only call.
# Calls on a client facet go to the server with the badge of that facet; the methods below are the owner's own.

interface Endpoint {
  # The owner's side. Whoever holds it may also receive and return; the endpoint ends when nobody holds it.
  mint @0 (badge :UInt64, interfaceId :UInt64) -> (client :Capability);
  # A new client facet that the server will know by `badge`. The holder of a facet can't relabel it.
  revoke @1 (badge :UInt64);
  # Every facet with this badge is disconnected, in O(1).
  revokeAll @2 ();
  identify @3 (client :Capability) -> (mine :Bool, badge :UInt64);
  # Whether a capability that was passed in is a facet of this very endpoint, and by which badge its owner knows it.
  quiesce @4 ();
  # From now on calls wait instead of reaching a server. Answers when no call is in flight any more: then another process may
  # take the server's place without a client noticing. Still quiesced when a deadline or FINISH ends the wait.
  resume @5 ();
  # Calls reach the server again, those that waited first, in the order they came.
  retarget @6 (badge :UInt64, target :Endpoint, newBadge :UInt64) -> (facets :UInt32);
  # Every facet of `badge`, wherever it is held, leads to `target` under `newBadge` from now on. Calls that wait go along; calls
  # in flight end where they are. invalidArgument: `target` is no endpoint's owner side.
  requeue @7 (token :UInt32);
  # Hands back a received call as if it had not been received yet: it waits again, before all others. For a server that is
  # about to be replaced. invalidArgument: no such call, one of another endpoint, or one that brought capabilities along.
}

interface EndpointFactory {
  # Makes endpoints, on the account of whoever asks.
  create @0 (maxCalls :UInt32 = 64) -> (endpoint :Endpoint);
  # At most maxCalls of one facet wait at it or are with its server; further ones of that facet fail as overloaded.
}
