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
}

interface EndpointFactory {
  # Makes endpoints, on the account of whoever asks.
  create @0 (maxCalls :UInt32 = 64) -> (endpoint :Endpoint);
  # At most maxCalls wait at it; further ones fail as overloaded.
}
