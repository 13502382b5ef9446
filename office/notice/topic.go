// SPDX-License-Identifier: Apache-2.0

package notice

import (
	"slices"
	"strings"
)

// A Topic is a group of notices that a person may want at once or not.
type Topic string

// The topics.
const (
	TopicGiven    Topic = "given"    // work given, its date or its lead changed
	TopicDue      Topic = "due"      // the morning's reminders
	TopicUrged    Topic = "urged"    // urged by hand
	TopicAsked    Topic = "asked"    // waits for this person's word
	TopicAnswered Topic = "answered" // the word on what this person asked or reported
	TopicDocument Topic = "document" // documents that arrive or are submitted
	TopicTalk     Topic = "talk"     // remarks and mentions
	TopicOther    Topic = "other"
)

// Topics are all topics with the words of the screen, in their order.
var Topics = []struct {
	Topic Topic
	Words string
}{
	{TopicGiven, "Việc được giao, đổi hạn, chuyển việc"},
	{TopicUrged, "Đôn đốc"},
	{TopicDue, "Nhắc việc đến hạn, quá hạn"},
	{TopicAsked, "Đề nghị, kết quả chờ tôi quyết định"},
	{TopicAnswered, "Trả lời đề nghị, kết quả của tôi"},
	{TopicDocument, "Văn bản đến, văn bản trình, dự thảo"},
	{TopicTalk, "Trao đổi, nhắc tên tôi"},
	{TopicOther, "Thông báo khác"},
}

// topicOf groups the kinds of notices. They are the kinds of acts of the rooms above, of
// which only the names are known here; a new kind is told under its room's topic.
func topicOf(kind string) Topic {
	room, deed, _ := strings.Cut(kind, ".")
	switch {
	case strings.HasPrefix(kind, "task.urged"):
		return TopicUrged
	case deed == "due_waiting":
		return TopicAsked
	case strings.HasPrefix(deed, "due_") && deed != "due_moved" && deed != "due_changed":
		return TopicDue
	case strings.HasSuffix(deed, "_asked"), deed == "reported":
		return TopicAsked
	case strings.HasSuffix(deed, "_granted"), strings.HasSuffix(deed, "_refused"), strings.HasSuffix(deed, "confirmed"), deed == "finished", deed == "sent_back":
		return TopicAnswered
	case room == "remark":
		return TopicTalk
	case room == "task", room == "handover", room == "plan":
		return TopicGiven
	case room == "document", room == "draft":
		return TopicDocument
	}
	return TopicOther
}

// TopicsIn reads the words of a row or a form; what is no topic is left out.
func TopicsIn(words []string) []Topic {
	var out []Topic
	for _, t := range Topics {
		if slices.Contains(words, string(t.Topic)) {
			out = append(out, t.Topic)
		}
	}
	return out
}

func topicWords(topics []Topic) string {
	words := make([]string, len(topics))
	for i, t := range topics {
		words[i] = string(t)
	}
	return strings.Join(words, " ")
}
