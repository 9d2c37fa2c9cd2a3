# Linux's own terminal as a judge: plays cases on a pseudo terminal of the host and prints what it answered.
#
# Standard input: {"settle": seconds, "cases": [[operation, …], …]}; standard output: [[answer, …], …], both JSON.
#   {"set": [c_iflag, c_oflag, c_lflag, [c_cc…]]}   attributes, as TCSETS
#   {"type": [byte…]}                               bytes that come in from the wire
#   {"write": [byte…]}                              bytes that a program writes
#   {"read": n}                                     a read that does not wait
# Answer: {"wire": [byte…], "signals": [n…], "available": FIONREAD} and for a read "data": [byte…], null for EAGAIN.
import array, fcntl, json, os, signal, sys, termios, time

os.setsid()
raised = []
for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP):
    signal.signal(number, lambda which, frame: raised.append(int(which)))
request = json.load(sys.stdin)
settle = request["settle"]


def drain(master):
    data = b""
    while True:
        try:
            data += os.read(master, 65536)
        except BlockingIOError:
            return data


def play(case):
    master, slave = os.openpty()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 1)
    for end in (master, slave):
        os.set_blocking(end, False)
    answers = []
    for operation in case:
        raised.clear()
        answer = {}
        if "set" in operation:
            iflag, oflag, lflag, characters = operation["set"]
            attributes = termios.tcgetattr(slave)
            attributes[0], attributes[1], attributes[3] = iflag, oflag, lflag
            attributes[6] = [bytes([value]) for value in characters] + attributes[6][len(characters):]
            # Not the library's own translation of MIN and TIME: plain bytes.
            termios.tcsetattr(slave, termios.TCSANOW, attributes)
        elif "type" in operation:
            os.write(master, bytes(operation["type"]))
        elif "write" in operation:
            try:
                os.write(slave, bytes(operation["write"]))
            except BlockingIOError:
                answer["refused"] = True
        time.sleep(settle)
        if "read" in operation:
            try:
                answer["data"] = list(os.read(slave, operation["read"]))
            except BlockingIOError:
                answer["data"] = None
        count = array.array("i", [0])
        fcntl.ioctl(slave, termios.FIONREAD, count)
        answer["available"] = count[0]
        answer["wire"] = list(drain(master))
        answer["signals"] = list(raised)
        answers.append(answer)
    fcntl.ioctl(slave, termios.TIOCNOTTY)
    os.close(slave)
    os.close(master)
    return answers


signal.signal(signal.SIGHUP, signal.SIG_IGN)
signal.signal(signal.SIGCONT, signal.SIG_IGN)
json.dump([play(case) for case in request["cases"]], sys.stdout)
