// SPDX-License-Identifier: GPL-2.0-only
/*
 * Doors: maps of type QUEUE of which the module replaces what a push does. The verifier lets every program of a probe push
 * to a map of its, and the call goes straight to the map's operations.
 *
 * A door holds the module until the map is freed. Programs that push to it hold the map; those that were loaded before it
 * was a door go on pushing to a queue that nobody reads.
 */
#include <linux/bpf.h>
#include <linux/filter.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/string.h>
#include "override.h"

/* An int before 6.4. */
#ifndef DOOR_ANSWER
#define DOOR_ANSWER int
#endif

/* By REGS_OVERRIDE_DOOR_*; the first is what queues have. */
static const struct bpf_map_ops *queue_ops;
static struct bpf_map_ops door_ops[REGS_OVERRIDE_DOOR_MEM + 1];
static DEFINE_MUTEX(lock);

static DOOR_ANSWER push_registers(struct bpf_map *map, void *value, u64 flags)
{
	return hit_override(value, map->value_size, flags);
}

static DOOR_ANSWER push_memory(struct bpf_map *map, void *value, u64 flags)
{
	return hit_store(value, flags);
}

static void free_door(struct bpf_map *map)
{
	queue_ops->map_free(map);
	/* The module's exit waits until whoever is here has left. */
	module_put(THIS_MODULE);
}

static void learn(const struct bpf_map_ops *ops)
{
	u32 kind;

	queue_ops = ops;
	for (kind = REGS_OVERRIDE_DOOR_REGS; kind <= REGS_OVERRIDE_DOOR_MEM; kind++) {
		memcpy(&door_ops[kind], ops, sizeof(*ops));
		door_ops[kind].map_free = free_door;
		/* No model for the maps in a map: what is put there later would not hold the module. */
		door_ops[kind].map_meta_equal = NULL;
	}
	door_ops[REGS_OVERRIDE_DOOR_REGS].map_push_elem = push_registers;
	door_ops[REGS_OVERRIDE_DOOR_MEM].map_push_elem = push_memory;
}

static int make_door(struct bpf_map *map, u32 kind)
{
	if (map->map_type != BPF_MAP_TYPE_QUEUE)
		return -EINVAL;
	if (kind == REGS_OVERRIDE_DOOR_MEM && map->value_size != sizeof(struct regs_override_store))
		return -EINVAL;
	if (map->ops == &door_ops[kind])
		return 0;
	if (map->ops == &door_ops[REGS_OVERRIDE_DOOR_REGS] || map->ops == &door_ops[REGS_OVERRIDE_DOOR_MEM])
		return -EBUSY;
	if (!queue_ops)
		learn(map->ops);
	if (map->ops != queue_ops)
		return -EINVAL;
	__module_get(THIS_MODULE);
	WRITE_ONCE(map->ops, &door_ops[kind]);
	return 0;
}

int door_open(struct bpf_prog *program, u32 kind)
{
	int err = -EINVAL;

	if (kind != REGS_OVERRIDE_DOOR_REGS && kind != REGS_OVERRIDE_DOOR_MEM)
		return -EINVAL;
	mutex_lock(&lock);
	mutex_lock(&program->aux->used_maps_mutex);
	if (program->aux->used_map_cnt == 1)
		err = make_door(program->aux->used_maps[0], kind);
	mutex_unlock(&program->aux->used_maps_mutex);
	mutex_unlock(&lock);
	return err;
}
