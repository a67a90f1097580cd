# SPDX-License-Identifier: Apache-2.0
# nginx cannot accept a connection three times, says so in its log each time, and serves it at the fourth.
! printf 'pid /run/regsh-nginx.pid; error_log /run/regsh-nginx.log; worker_processes 1; events {} http { access_log off; server { listen 127.0.0.1:8099; return 200 "served"; } }' >/run/regsh-nginx.conf; nginx -c /run/regsh-nginx.conf >/dev/null 2>&1
expect status == 0

# No file is open as -1: accept4 gives EBADF.
on libc.so.6:accept4 comm "nginx" limit 3 set edi=-1 as refuse
! timeout 60 bash -c 'exec 3<>/dev/tcp/127.0.0.1/8099; printf "GET / HTTP/1.0\r\n\r\n" >&3; cat <&3' | tail -n 1
expect output == "served"
expect fired refuse == 3
! grep -c 'accept4() failed (9: Bad file descriptor)' /run/regsh-nginx.log
expect output == "3"
detach refuse

! timeout 60 bash -c 'exec 3<>/dev/tcp/127.0.0.1/8099; printf "GET / HTTP/1.0\r\n\r\n" >&3; cat <&3' | tail -n 1; grep -c 'accept4() failed' /run/regsh-nginx.log
expect output == "served3"
! nginx -c /run/regsh-nginx.conf -s stop >/dev/null 2>&1; rm -f /run/regsh-nginx.*
