# SPDX-License-Identifier: Apache-2.0
# Names, widths, expressions: what a rule reads and sets is what the function gets.
on regsh_target_sum set b=40 as by_name
! cd /sys/kernel/debug/regsh_target && echo "sum 1 2 3" > call && cat result
expect output == "44"
detach by_name

on regsh_target_sum when a == 1 && c == 3 set rsi=a+c*2 as computed
! cd /sys/kernel/debug/regsh_target && { echo "sum 1 2 3" > call; cat result; echo "sum 2 2 3" > call; cat result; } | xargs
expect output == "11 7"
expect hits computed == 1
detach computed

# Narrow parameters are extended by their own signs.
on regsh_target_narrow set a=-3 b=200 d=7 as narrow
! cd /sys/kernel/debug/regsh_target && echo "narrow 1 2 3 4" > call && cat result
expect output == "700003199997"
detach narrow

# Fields, bit-fields, arrays, anonymous structs; strings.
on regsh_target_struct when req->id == 5 && req->priority == 2 && req->sizes[2] >= 0 && req->high == req->high set rdi=rdi \
    log req->balance, req->name.len, req->kind as fields
! cd /sys/kernel/debug/regsh_target && echo "struct 5 2 3" > call && echo "struct 5 1 3" > call
expect fired fields == 1
detach fields
on regsh_target_text when str(text) ~ "*b*" && str(text) != "b" ret=99 as text
! cd /sys/kernel/debug/regsh_target && { echo "text 5" > call; cat result; echo "text 1" > call; cat result; } | xargs
expect output == "99 1"
detach text
