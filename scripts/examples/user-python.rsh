# SPDX-License-Identifier: Apache-2.0
# Python cannot resolve a name that it can resolve: the C library's getaddrinfo has succeeded and says EAI_AGAIN (-3).
after libc.so.6:getaddrinfo comm "python3" ret=-3 as again
! python3 -c 'import socket; print(socket.getaddrinfo("127.0.0.1", 80)[0][4][0])' 2>&1 | tail -n 1
expect output == "socket.gaierror: [Errno -3] Temporary failure in name resolution"
expect fired again == 1
detach again

! python3 -c 'import socket; print(socket.getaddrinfo("127.0.0.1", 80)[0][4][0])'
expect output == "127.0.0.1"
