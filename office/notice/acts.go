// SPDX-License-Identifier: Apache-2.0

package notice

// The kinds of acts of this room. What is told is part of the act that tells it; these
// are about the ways by which people are reached.
const (
	ChannelAdded     = "notice.channel_added"
	ChannelChanged   = "notice.channel_changed"
	ChannelRevoked   = "notice.channel_revoked"
	ChannelTested    = "notice.channel_tested"
	EndpointAdded    = "notice.endpoint_added"
	EndpointClosed   = "notice.endpoint_closed"
	DeliveriesResent = "notice.deliveries_resent"
)

// Acts are the words of the screen for each kind.
var Acts = map[string]string{
	ChannelAdded:     "thêm cách nhận thông báo",
	ChannelChanged:   "sửa cách nhận thông báo",
	ChannelRevoked:   "bỏ cách nhận thông báo",
	ChannelTested:    "gửi thử thông báo",
	EndpointAdded:    "mở kết nối với hệ thống trò chuyện",
	EndpointClosed:   "đóng kết nối với hệ thống trò chuyện",
	DeliveriesResent: "gửi lại thông báo chưa gửi được",
}
