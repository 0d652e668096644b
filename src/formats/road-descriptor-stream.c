/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-descriptor-stream.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

/* How often to look whether a stream that waits was cancelled, in ms. */
#define CANCEL_INTERVAL_MS 50

struct _RoadDescriptorOutput
{
  GOutputStream parent_instance;

  int fd;
  gboolean closes;
};

struct _RoadDescriptorInput
{
  GInputStream parent_instance;

  int fd;
};

G_DEFINE_FINAL_TYPE (RoadDescriptorOutput, road_descriptor_output, G_TYPE_OUTPUT_STREAM)
G_DEFINE_FINAL_TYPE (RoadDescriptorInput, road_descriptor_input, G_TYPE_INPUT_STREAM)

static gboolean
fail (GError **error)
{
  const int saved_errno = errno;

  g_set_error_literal (error, G_IO_ERROR, (int) g_io_error_from_errno (saved_errno),
                       g_strerror (saved_errno));
  return FALSE;
}

/* Waits until reading or writing would not block; files never do. */
static gboolean
wait_until_ready (int fd, short events, GCancellable *cancellable, GError **error)
{
  struct pollfd poll_fd = { .fd = fd, .events = events };
  int n;

  do
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      n = poll (&poll_fd, 1, cancellable != NULL ? CANCEL_INTERVAL_MS : -1);
    }
  while (n == 0 || (n < 0 && errno == EINTR));

  return n > 0 || fail (error);
}

static gboolean
is_passing (int error_number)
{
  return error_number == EINTR || error_number == EAGAIN;
}

static gssize
road_descriptor_output_write (
    GOutputStream *stream, const void *data, gsize size, GCancellable *cancellable, GError **error)
{
  RoadDescriptorOutput *self = ROAD_DESCRIPTOR_OUTPUT (stream);
  gssize n;

  do
    {
      if (!wait_until_ready (self->fd, POLLOUT, cancellable, error))
        return -1;
      n = write (self->fd, data, size);
    }
  while (n < 0 && is_passing (errno));

  if (n < 0)
    fail (error);

  return n;
}

static gboolean
road_descriptor_output_close (GOutputStream *stream, GCancellable *cancellable, GError **error)
{
  RoadDescriptorOutput *self = ROAD_DESCRIPTOR_OUTPUT (stream);

  return !self->closes || close (self->fd) == 0 || fail (error);
}

static void
road_descriptor_output_class_init (RoadDescriptorOutputClass *klass)
{
  GOutputStreamClass *stream_class = G_OUTPUT_STREAM_CLASS (klass);

  stream_class->write_fn = road_descriptor_output_write;
  stream_class->close_fn = road_descriptor_output_close;
}

static void
road_descriptor_output_init (RoadDescriptorOutput *self)
{
  self->fd = -1;
}

/* @closes: whether the stream closes @fd. Returns: (transfer full) */
GOutputStream *
road_descriptor_output_new (int fd, gboolean closes)
{
  RoadDescriptorOutput *self = g_object_new (ROAD_TYPE_DESCRIPTOR_OUTPUT, NULL);

  self->fd = fd;
  self->closes = closes;

  return G_OUTPUT_STREAM (self);
}

int
road_descriptor_output_get_fd (RoadDescriptorOutput *self)
{
  g_return_val_if_fail (ROAD_IS_DESCRIPTOR_OUTPUT (self), -1);

  return self->fd;
}

static gssize
road_descriptor_input_read (
    GInputStream *stream, void *data, gsize size, GCancellable *cancellable, GError **error)
{
  RoadDescriptorInput *self = ROAD_DESCRIPTOR_INPUT (stream);
  gssize n;

  do
    {
      if (!wait_until_ready (self->fd, POLLIN, cancellable, error))
        return -1;
      n = read (self->fd, data, size);
    }
  while (n < 0 && is_passing (errno));

  if (n < 0)
    fail (error);

  return n;
}

static gboolean
road_descriptor_input_close (GInputStream *stream, GCancellable *cancellable, GError **error)
{
  return close (ROAD_DESCRIPTOR_INPUT (stream)->fd) == 0 || fail (error);
}

static void
road_descriptor_input_class_init (RoadDescriptorInputClass *klass)
{
  GInputStreamClass *stream_class = G_INPUT_STREAM_CLASS (klass);

  stream_class->read_fn = road_descriptor_input_read;
  stream_class->close_fn = road_descriptor_input_close;
}

static void
road_descriptor_input_init (RoadDescriptorInput *self)
{
  self->fd = -1;
}

/* Returns: (transfer full): a stream that closes @fd */
GInputStream *
road_descriptor_input_new (int fd)
{
  RoadDescriptorInput *self = g_object_new (ROAD_TYPE_DESCRIPTOR_INPUT, NULL);

  self->fd = fd;

  return G_INPUT_STREAM (self);
}
