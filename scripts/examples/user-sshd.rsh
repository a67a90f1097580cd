# SPDX-License-Identifier: Apache-2.0
# sshd lets nobody in whose account PAM says has expired (PAM_ACCT_EXPIRED is 13), be the key ever so good.
! set -e; mkdir -p /run/sshd /run/regsh-ssh; cd /run/regsh-ssh; rm -f *; ssh-keygen -q -t ed25519 -N '' -f host; ssh-keygen -q -t ed25519 -N '' -f key; cp key.pub keys; chmod 700 .; /usr/sbin/sshd -p 2299 -h $PWD/host -E $PWD/log -o ListenAddress=127.0.0.1 -o AuthorizedKeysFile=$PWD/keys -o StrictModes=no -o PidFile=$PWD/pid -o UsePAM=yes >/dev/null 2>&1
expect status == 0
! ssh -p 2299 -i /run/regsh-ssh/key -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR root@127.0.0.1 'echo welcome'
expect output == "welcome"

after libpam.so.0:pam_acct_mgmt comm "sshd" ret=13 as expired
! ssh -p 2299 -i /run/regsh-ssh/key -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR root@127.0.0.1 'echo welcome'
expect status == 255
expect fired expired == 1
! grep -c 'Access denied for user root by PAM account configuration' /run/regsh-ssh/log
expect output == "1"
detach expired

! ssh -p 2299 -i /run/regsh-ssh/key -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR root@127.0.0.1 'echo welcome'
expect output == "welcome"
! kill $(cat /run/regsh-ssh/pid); rm -rf /run/regsh-ssh
