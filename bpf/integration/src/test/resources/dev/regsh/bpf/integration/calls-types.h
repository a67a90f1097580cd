/* SPDX-License-Identifier: Apache-2.0 */
/* Types of every class that a calling convention tells apart. FLOATS is not defined where kernel code is compiled. */
#define OF_SIZE(n) struct size##n { char text[n]; }
OF_SIZE(1); OF_SIZE(2); OF_SIZE(3); OF_SIZE(5); OF_SIZE(7); OF_SIZE(15); OF_SIZE(17); OF_SIZE(70);
struct empty {};
struct with_empty { struct empty none; int a; };
struct kuid { unsigned int val; };
struct one { long a; };
struct nine { long a; char b; };
struct ints3 { int a[3]; };
struct two { long a, b; };
struct big { long a, b, c; };
struct nested { struct kuid id; struct { short x, y; }; void *place; };
struct bits { unsigned int a : 3; int b : 7; long c : 40; };
struct bits2 { unsigned long a : 60, b : 10; };
struct flags { _Bool on : 1, off : 1; };
struct flexible { long a; char text[]; };
struct zero { long a[0]; int b; };
struct packed_int { char a; int b; } __attribute__((packed));
struct packed_fits { int a; int b; char c; } __attribute__((packed));
struct packed_bits { char a; int b : 20; int c : 20; } __attribute__((packed));
struct wide { __int128 a; };
struct aligned { long a; } __attribute__((aligned(16)));
struct aligned_big { long a, b, c; } __attribute__((aligned(16)));
struct matrix { short a[2][3]; };
union longs { long a; char text[16]; };
union mixed { int a; void *b; struct kuid c; };
union chars { char text[3]; short a; };
enum color { RED = -1, BLUE = 5 };
enum large { LARGE = 1UL << 40 };
typedef __int128 int128;
typedef void *pointer;
#ifdef FLOATS
struct dbl { double a; };
struct flt { float a; };
struct flt2 { float a, b; };
struct flt3 { float a[3]; };
struct flt4 { float a, b, c, d; };
struct flt5 { float a[5]; };
struct flt_int { float a; int b; };
struct dbl_long { double a; long b; };
struct long_dbl { long a; double b; };
struct dbl2 { double a, b; };
struct dbl3 { double a[3]; };
struct flt_dbl { float a, b; double c; };
struct packed_dbl { char a; double b; } __attribute__((packed));
struct ldbl { long double a; };
union dbl_or_long { double a; long b; };
union flt_or_dbl { float a; double b; };
union ldbl_or_long { long double a; long b; };
typedef long double long_double;
#endif
