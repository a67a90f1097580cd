// SPDX-License-Identifier: GPL-2.0-only
/* Functions that take or return pointers. */
#include <linux/err.h>
#include <linux/module.h>
#include <linux/string.h>
#include "target.h"

TARGET s64 regsh_target_struct(struct regsh_target_request *req)
{
	if (!req)
		return -EINVAL;
	return req->id + 100 * req->priority + 10000 * req->ready + req->balance +
	       req->name.len + req->sizes[2] + req->high + req->value.bytes[1];
}
TARGET_EXPORT(regsh_target_struct);

TARGET u64 regsh_target_deref(const u64 *place)
{
	return place ? READ_ONCE(*place) : 0;
}
TARGET_EXPORT(regsh_target_deref);

TARGET void regsh_target_fill(u64 *place, u64 value)
{
	WRITE_ONCE(*place, value);
}
TARGET_EXPORT(regsh_target_fill);

TARGET size_t regsh_target_text(const char *text)
{
	return strlen(text);
}
TARGET_EXPORT(regsh_target_text);

static struct regsh_target_request known = { .id = 7, .name = { 5, "seven" } };

/* The request, NULL for 0, an error pointer for any other id. */
TARGET struct regsh_target_request *regsh_target_find(u64 id)
{
	if (id == known.id)
		return &known;
	return id ? ERR_PTR(-ENOENT) : NULL;
}
TARGET_EXPORT(regsh_target_find);
