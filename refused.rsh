onerror continue
after /returns:anywhere log
after /returns:finishes log
on /shorn+8 ret=1
on /shorn+8 log arg0
after /shorn+8 log
on /shorn+6 log
on /shorn+ ret=1
after /shorn+ log
on /returns:moved.cold ret=1
on /returns:plain goto moved.cold
on /returns:plain+4 ret=1
on /throws:through+1 log
! /returns plain; /shorn plain
