#!/usr/bin/env escript
%% Asks Erlang/OTP's own supervisor what it does: random trees of supervisors and workers, random endings and refused starts.
%% Prints one JSON object a line: the tree, the events, and in which order workers were started, stopped and refused.
%%   escript otp_supervisor.escript SEED COUNT > ../vectors/otp-supervisor.jsonl
-mode(compile).
-export([main/1, init/1, start_worker/1]).

main([Seed, Count]) ->
    logger:set_primary_config(level, none),
    rand:seed(exsss, list_to_integer(Seed)),
    process_flag(trap_exit, true),
    lists:foreach(fun(_) -> scenario() end, lists:seq(1, list_to_integer(Count))).

pick(List) -> lists:nth(rand:uniform(length(List)), List).
strategy() -> pick([one_for_one, rest_for_one, one_for_all]).
policy() -> pick([permanent, transient, temporary]).

%% {sup, Name, Policy, Strategy, Intensity, Children} | {worker, Name, Policy}
tree(Depth, Name, Policy) ->
    Children = [child(Depth, Name ++ integer_to_list(N)) || N <- lists:seq(1, rand:uniform(3))],
    {sup, Name, Policy, strategy(), rand:uniform(4) - 1, Children}.
child(Depth, Name) ->
    case Depth > 0 andalso rand:uniform(3) =:= 1 of
        true -> tree(Depth - 1, Name, policy());
        false -> {worker, Name, policy()}
    end.

workers({worker, Name, _}) -> [Name];
workers({sup, _, _, _, _, Children}) -> lists:flatmap(fun workers/1, Children).

init({sup, _Name, _Policy, Strategy, Intensity, Children}) ->
    {ok, {#{strategy => Strategy, intensity => Intensity, period => 3600}, [spec(C) || C <- Children]}}.
spec({worker, Name, Policy}) ->
    #{id => Name, restart => Policy, type => worker, shutdown => 5000, start => {?MODULE, start_worker, [Name]}};
spec({sup, Name, Policy, _, _, _} = Sup) ->
    #{id => Name, restart => Policy, type => supervisor, shutdown => infinity,
      start => {supervisor, start_link, [?MODULE, Sup]}}.

start_worker(Name) ->
    Collector = whereis(collector),
    case ets:lookup(refusing, Name) of
        [{Name, N}] when N > 0 ->
            ets:insert(refusing, {Name, N - 1}),
            Collector ! {trace, [refused, Name]},
            {error, refused};
        _ ->
            Parent = self(),
            Pid = spawn_link(fun() -> process_flag(trap_exit, true), Parent ! {ready, self()}, worker(Name, Collector, Parent) end),
            receive {ready, Pid} -> ok end,
            ets:insert(pids, {Name, Pid}),
            Collector ! {trace, [started, Name]},
            {ok, Pid}
    end.
worker(Name, Collector, Parent) ->
    receive
        {finish, Reason} -> exit(Reason);
        {'EXIT', Parent, Reason} -> Collector ! {trace, [stopped, Name]}, exit(Reason)
    end.

scenario() ->
    [ets:new(T, [named_table, public]) || T <- [refusing, pids]],
    register(collector, self()),
    Tree = tree(2, "s", permanent),
    {sup, _, _, _, _, _} = Tree,
    {ok, Top} = supervisor:start_link(?MODULE, Tree),
    First = traces([]),
    Events = [event(Tree, Top) || _ <- lists:seq(1, 1 + rand:uniform(9))],
    case is_process_alive(Top) of
        true -> unlink(Top), exit(Top, shutdown), down(Top);
        false -> ok
    end,
    _ = traces([]),
    flush(),
    unregister(collector),
    [ets:delete(T) || T <- [refusing, pids]],
    io:format("{\"tree\":~s,\"first\":~s,\"events\":[~s]}~n", [json_tree(Tree), json_traces(First), lists:join(",", Events)]).

event(Tree, Top) ->
    Alive = [Name || Name <- workers(Tree), [{_, Pid}] <- [ets:lookup(pids, Name)], is_process_alive(Pid)],
    case Alive of
        [] -> "null";
        _ ->
            Name = pick(Alive),
            Failed = rand:uniform(3) > 1,
            Refusing = case rand:uniform(4) of 1 -> [{pick(workers(Tree)), rand:uniform(2)}]; _ -> [] end,
            [ets:insert(refusing, R) || R <- Refusing],
            [{_, Pid}] = ets:lookup(pids, Name),
            Pid ! {finish, case Failed of true -> crashed; false -> normal end},
            down(Pid),
            quiet(Top, 6),
            Traces = traces([]),
            ets:delete_all_objects(refusing),
            io_lib:format("{\"ended\":\"~s\",\"failed\":~s,\"refusing\":{~s},\"trace\":~s}",
                [Name, Failed, lists:join(",", [io_lib:format("\"~s\":~b", [N, C]) || {N, C} <- Refusing]), json_traces(Traces)])
    end.

down(Pid) -> Ref = monitor(process, Pid), receive {'DOWN', Ref, _, _, _} -> ok end.

%% Every supervisor has answered a call after it has dealt with what came before; several rounds, for endings that climb.
quiet(_, 0) -> ok;
quiet(Top, Rounds) -> timer:sleep(2), catch visit(Top), quiet(Top, Rounds - 1).
visit(Sup) -> [visit(Pid) || {_, Pid, supervisor, _} <- supervisor:which_children(Sup), is_pid(Pid)].

traces(Seen) -> receive {trace, T} -> traces([T | Seen]) after 0 -> lists:reverse(Seen) end.
flush() -> receive _ -> flush() after 0 -> ok end.

json_traces(Traces) -> ["[", lists:join(",", [io_lib:format("[\"~s\",\"~s\"]", [What, Name]) || [What, Name] <- Traces]), "]"].
json_tree({worker, Name, Policy}) -> io_lib:format("{\"worker\":\"~s\",\"policy\":\"~s\"}", [Name, Policy]);
json_tree({sup, Name, Policy, Strategy, Intensity, Children}) ->
    io_lib:format("{\"group\":\"~s\",\"policy\":\"~s\",\"strategy\":\"~s\",\"intensity\":~b,\"children\":[~s]}",
        [Name, Policy, Strategy, Intensity, lists:join(",", [json_tree(C) || C <- Children])]).
