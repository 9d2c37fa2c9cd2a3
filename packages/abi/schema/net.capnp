@0xb1c7a4d95e3f6208;
# Networks as capabilities. A manager reaches the addresses and ports it was made for and no others; a socket, what it is
# connected or bound to. An address is 4 bytes (IPv4) or 16 (IPv6), in network order.
#
# A call that waits (receive, accept, connect) may carry a deadline in its submission, and may be finished: what it had begun
# is undone. Releasing the last reference of a socket closes it, after what was sent has gone out.

enum NetworkError {
  # `none` is success; with any other, the other results have no meaning.
  none @0;
  connectionRefused @1;
  # Nobody listens there.
  unreachable @2;
  # No way leads there.
  timedOut @3;
  connectionReset @4;
  # The other side gave the connection up.
  addressInUse @5;
  addressNotAvailable @6;
  # Not an address of this system.
  notPermitted @7;
  # This capability does not reach there.
  notConnected @8;
  # Nothing can be sent any more: the sending side was shut, or nobody takes it.
  messageTooLarge @9;
  nameNotFound @10;
  resolverFailed @11;
  # No name server answers just now.
  unsupported @12;
  # An address of a kind, or an option, that is not served here.
  tooManySockets @13;
  hostFailed @14;
}

struct SocketAddress {
  # An address and a port. Empty address: none.
  address @0 :Data;
  port @1 :UInt16;
}

enum NetworkAction { connect @0; listen @1; }
enum NetworkProtocol { tcp @0; udp @1; }

struct NetworkRule {
  # One thing that is allowed: connecting (sending) to, or listening at, an address with this prefix and a port in this range.
  action @0 :NetworkAction;
  protocol @1 :NetworkProtocol;
  address @2 :Data;
  # Empty: every address.
  prefixLength @3 :UInt8;
  # Leading bits of `address` that count.
  firstPort @4 :UInt16;
  lastPort @5 :UInt16;
}

interface NetworkManager {
  # What a program may reach of networks.
  connect @0 (remote :SocketAddress) -> (error :NetworkError, socket :TcpSocket, local :SocketAddress);
  # A stream to `remote`; answers when it stands.
  bind @1 (local :SocketAddress, dual :Bool) -> (error :NetworkError, binding :TcpBinding, local :SocketAddress);
  # Takes a local address and port for one stream socket; port 0 takes a free one. dual: `::` also takes IPv4.
  bindUdp @2 (local :SocketAddress, dual :Bool) -> (error :NetworkError, socket :UdpSocket, local :SocketAddress);
  # A datagram socket at a local address and port; port 0 takes a free one.
  restrict @3 (rules :List(NetworkRule)) -> (manager :NetworkManager);
  # A narrower manager: it reaches what both this one and one of the rules allow. No rules: nothing.
  describe @4 () -> (addresses :List(Data), rules :List(NetworkRule), restricted :Bool);
  # The system's own addresses, and what this capability was last restricted to; without restriction it reaches all there is.
}

interface TcpBinding {
  # A local address and port held for one socket, before it is settled what for. Until `listen`, connections are refused.
  listen @0 (backlog :UInt32) -> (error :NetworkError, listener :TcpListener);
  # At most `backlog` connections wait to be accepted; further ones wait outside or are refused.
  connect @1 (remote :SocketAddress) -> (error :NetworkError, socket :TcpSocket, local :SocketAddress);
}

interface TcpListener {
  # Where connections come in.
  accept @0 () -> (error :NetworkError, socket :TcpSocket, local :SocketAddress, remote :SocketAddress);
  # The next connection, once there is one.
}

enum TcpOption { noDelay @0; keepAlive @1; }

interface TcpSocket {
  # One end of a stream. Both directions have bounded buffers: `send` takes what there is room for, and who does not receive
  # holds the sender up.
  receive @0 (maxLength :UInt32) -> (error :NetworkError, data :Data);
  # What has come, once there is something. Empty data: the other side has ended its stream.
  send @1 (data :Data, last :Bool) -> (error :NetworkError, accepted :UInt32);
  # Answers once at least one byte was taken. last: takes all of it, room or not, and nothing can be sent after it.
  shutdown @2 (receiving :Bool, sending :Bool) -> (error :NetworkError);
  # Ends one direction or both; what was sent still goes out.
  setOption @3 (option :TcpOption, value :UInt32) -> (error :NetworkError);
  # keepAlive: seconds of silence before the first probe, 0 is off.
  abort @4 () -> ();
  # Gives the connection up at once: the other side sees it reset.
}

interface UdpSocket {
  # Datagrams. What nobody takes in time is dropped, as datagrams are.
  receive @0 () -> (error :NetworkError, data :Data, remote :SocketAddress);
  # The next datagram, whole.
  send @1 (data :Data, remote :SocketAddress) -> (error :NetworkError);
  # Hands a datagram on; that it arrives is not promised.
  localFor @2 (remote :SocketAddress) -> (error :NetworkError, local :SocketAddress);
  # The local address that datagrams to `remote` come from; fails as sending there would.
}

interface Resolver {
  # Names of a network. Holding it is the right to ask.
  resolve @0 (name :Text) -> (error :NetworkError, addresses :List(Data));
  # Every address of a host name, IPv4 and IPv6.
  reverse @1 (address :Data) -> (error :NetworkError, names :List(Text));
  # The names of an address.
}
