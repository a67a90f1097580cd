// SPDX-License-Identifier: Apache-2.0
/* The events' ring buffer, drained into the caller's memory so that no callback enters Java. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <bpf/libbpf.h>
#include "regsh.h"

struct ring {
	struct ring_buffer *buffer;
	char *at, *end;
	/* The event that did not fit: libbpf has passed it by when the callback says so. */
	char *left;
	size_t left_size;
};

static int take(void *ctx, void *data, size_t size)
{
	struct ring *ring = ctx;
	__u64 length = size;

	if ((size_t)(ring->end - ring->at) < sizeof(length) + size) {
		ring->left = malloc(size);
		if (ring->left) {
			memcpy(ring->left, data, size);
			ring->left_size = size;
		}
		return -ENOSPC;
	}
	memcpy(ring->at, &length, sizeof(length));
	memcpy(ring->at + sizeof(length), data, size);
	ring->at += sizeof(length) + size;
	return 0;
}

void *regsh_ring_open(int map_fd)
{
	struct ring *ring = calloc(1, sizeof(*ring));

	if (!ring)
		return NULL;
	ring->buffer = ring_buffer__new(map_fd, take, ring, NULL);
	if (!ring->buffer) {
		free(ring);
		return NULL;
	}
	return ring;
}

void regsh_ring_wait(void *handle, int timeout_ms)
{
	struct ring *ring = handle;
	struct epoll_event event;

	epoll_wait(ring_buffer__epoll_fd(ring->buffer), &event, 1, timeout_ms);
}

int regsh_ring_poll(void *handle, void *buffer, __u32 size)
{
	struct ring *ring = handle;
	int result;

	ring->at = buffer;
	ring->end = ring->at + size;
	if (ring->left) {
		char *left = ring->left;

		ring->left = NULL;
		take(ring, left, ring->left_size);
		free(left);
	}
	result = ring_buffer__consume(ring->buffer);
	return result < 0 && result != -ENOSPC && result != -EINTR ? result : (int)(ring->at - (char *)buffer);
}

void regsh_ring_close(void *handle)
{
	struct ring *ring = handle;

	ring_buffer__free(ring->buffer);
	free(ring->left);
	free(ring);
}
