# SPDX-License-Identifier: Apache-2.0
# redis-server is told that memory is out when it asks for much of it: it logs so, reports and dies. Another one, without
# the rule, serves the same request. The size is in rdi; more than there can ever be makes any malloc fail.
! redis-server --port 6390 --save '' --daemonize yes --logfile /run/regsh-redis.log --dir /run >/dev/null 2>&1; for i in $(seq 100); do redis-cli -p 6390 ping 2>/dev/null && break; sleep 0.2; done
expect output ~ "*PONG*"

on libjemalloc.so.2:malloc comm "redis-server" when rdi > 64M set rdi=0xfffffffffffff000 as nomem
! redis-cli -p 6390 setbit small 8 1
expect output ~ "*0*"
expect fired nomem == 0
! redis-cli -p 6390 setbit large 800000000 1
expect output ~ "*closed the connection*"
expect fired nomem == 1
! grep -o 'Out Of Memory allocating [0-9]* bytes' /run/regsh-redis.log | head -n 1
expect output ~ "Out Of Memory allocating 1????00* bytes"
detach nomem

! redis-server --port 6390 --save '' --daemonize yes --logfile /run/regsh-redis.log --dir /run >/dev/null 2>&1; for i in $(seq 100); do redis-cli -p 6390 ping 2>/dev/null && break; sleep 0.2; done
expect output ~ "*PONG*"
! redis-cli -p 6390 setbit large 800000000 1; redis-cli -p 6390 shutdown nosave; rm -f /run/regsh-redis.log
expect output ~ "0*"
