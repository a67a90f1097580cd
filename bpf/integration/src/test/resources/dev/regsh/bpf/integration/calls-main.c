/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Calls each function with a value of its own in every register and stack word that could carry an argument, and prints what
 * the function got as its parameters, and where its result was.
 */
#include <stdio.h>
#include <string.h>

#define WORDS 64

struct call {
	unsigned long registers[8], vectors[8], stack[WORDS], result_address;
	unsigned long results[2], result_vectors[4];
};

void trampoline(void *function, struct call *call);

#ifdef __x86_64__
asm("trampoline:\n"
    "push %rbp; mov %rsp,%rbp; push %rbx; push %r12; mov %rsi,%rbx; mov %rdi,%r12; sub $512,%rsp\n"
    "lea 128(%rbx),%rsi; mov %rsp,%rdi; mov $64,%ecx; rep movsq\n"
    "movsd 64(%rbx),%xmm0; movsd 72(%rbx),%xmm1; movsd 80(%rbx),%xmm2; movsd 88(%rbx),%xmm3\n"
    "movsd 96(%rbx),%xmm4; movsd 104(%rbx),%xmm5; movsd 112(%rbx),%xmm6; movsd 120(%rbx),%xmm7\n"
    "mov (%rbx),%rdi; mov 8(%rbx),%rsi; mov 16(%rbx),%rdx; mov 24(%rbx),%rcx; mov 32(%rbx),%r8; mov 40(%rbx),%r9\n"
    "mov $8,%eax; call *%r12\n"
    "mov %rax,648(%rbx); mov %rdx,656(%rbx); movsd %xmm0,664(%rbx); movsd %xmm1,672(%rbx); fninit\n"
    "add $512,%rsp; pop %r12; pop %rbx; pop %rbp; ret\n");
#define REGISTERS 6
#else
asm("trampoline:\n"
    "stp x29,x30,[sp,#-32]!; stp x19,x20,[sp,#16]; mov x29,sp; mov x19,x1; mov x9,x0; sub sp,sp,#512\n"
    "mov x10,#0; 1: add x11,x19,#128; ldr x12,[x11,x10]; str x12,[sp,x10]; add x10,x10,#8; cmp x10,#512; b.ne 1b\n"
    "ldp d0,d1,[x19,#64]; ldp d2,d3,[x19,#80]; ldp d4,d5,[x19,#96]; ldp d6,d7,[x19,#112]\n"
    "ldp x0,x1,[x19]; ldp x2,x3,[x19,#16]; ldp x4,x5,[x19,#32]; ldp x6,x7,[x19,#48]; ldr x8,[x19,#640]; blr x9\n"
    "add x9,x19,#648; stp x0,x1,[x9]; stp d0,d1,[x9,#16]; stp d2,d3,[x9,#32]\n"
    "mov sp,x29; ldp x19,x20,[sp,#16]; ldp x29,x30,[sp],#32; ret\n");
#define REGISTERS 8
#endif

static char memory[16][4096], stack_memory[WORDS][128];
static const char *running;

static void print(const char *what, const void *bytes, unsigned long size)
{
	printf("%s %s ", running, what);
	for (unsigned long i = 0; i < size; i++)
		printf("%02x", ((const unsigned char *)bytes)[i]);
	printf("\n");
}

void got(int number, const void *bytes, unsigned long size)
{
	char what[16];

	snprintf(what, sizeof(what), "%d", number);
	print(what, bytes, size);
}

void run(const char *name, void *function, unsigned long result_size)
{
	struct call call;

	memset(&call, 0, sizeof(call));
	memset(memory, 0, sizeof(memory));
	/* Every word is an address, since one may be that of the result or of a struct. */
	for (int i = 0; i < REGISTERS; i++)
		call.registers[i] = (unsigned long)memory[i];
	call.result_address = (unsigned long)memory[8];
	for (int i = 0; i < 8; i++)
		call.vectors[i] = 0x3ff1000000000100UL + i;
	for (int i = 0; i < WORDS; i++)
		call.stack[i] = (unsigned long)stack_memory[i];
	running = name;
	print("registers", call.registers, sizeof(call.registers));
	print("vectors", call.vectors, sizeof(call.vectors));
	print("stack", call.stack, sizeof(call.stack));
	trampoline(function, &call);
	print("results", call.results, sizeof(call.results));
	print("result-vectors", call.result_vectors, sizeof(call.result_vectors));
	print("first-memory", memory[0], result_size);
	print("result-memory", memory[8], result_size);
}

void all(void);

int main(void)
{
	all();
	return 0;
}
