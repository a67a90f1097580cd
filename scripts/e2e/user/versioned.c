// SPDX-License-Identifier: Apache-2.0
/* A library whose function has an old and a new version. */
long first(long a)
{
	return a + 1;
}

long second(long a)
{
	return a + 2;
}
__asm__(".symver first, versioned@USER_1");
__asm__(".symver second, versioned@@USER_2");
