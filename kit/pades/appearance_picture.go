// SPDX-License-Identifier: Apache-2.0

package pades

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"

	"soviec/kit/fault"
	"soviec/kit/pdf"
)

// limits of a picture: a seal of 36 mm at 1,200 points an inch has 1,700 points a side.
const (
	limitPictureBytes = 4 << 20
	limitPictureSide  = 4000
)

var errPicture = fault.Invalid("picture", "Hình chữ ký hoặc con dấu phải là tệp PNG, không quá 4 MB và không quá 4000 điểm mỗi chiều.")

func pictureSize(raw []byte) (image.Config, error) {
	if len(raw) > limitPictureBytes {
		return image.Config{}, errPicture
	}
	head, err := png.DecodeConfig(bytes.NewReader(raw))
	if err != nil || head.Width < 1 || head.Height < 1 || head.Width > limitPictureSide || head.Height > limitPictureSide {
		return image.Config{}, errPicture
	}
	return head, nil
}

// picture puts a PNG into the file; its transparency becomes a soft mask.
func (d *draft) picture(raw []byte) (ref pdf.Ref, w, h int, err error) {
	head, err := pictureSize(raw)
	if err != nil {
		return ref, 0, 0, err
	}
	src, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		return ref, 0, 0, errPicture
	}
	w, h = head.Width, head.Height
	img, ok := src.(*image.NRGBA)
	if !ok || img.Rect.Min != (image.Point{}) {
		img = image.NewNRGBA(image.Rect(0, 0, w, h))
		draw.Draw(img, img.Rect, src, src.Bounds().Min, draw.Src)
		if p, ok := src.(*image.Paletted); ok { // without the detour over premultiplied colours
			for y := range h {
				for x := range w {
					img.Set(x, y, color.NRGBAModel.Convert(p.At(p.Rect.Min.X+x, p.Rect.Min.Y+y)))
				}
			}
		}
	}
	colours, alpha := make([]byte, 0, 3*w*h), make([]byte, 0, w*h)
	opaque := true
	for y := range h {
		row := img.Pix[y*img.Stride : y*img.Stride+4*w]
		for i := 0; i < len(row); i += 4 {
			colours = append(colours, row[i:i+3]...)
			alpha = append(alpha, row[i+3])
			opaque = opaque && row[i+3] == 0xff
		}
	}
	dict := func(space string) pdf.Dict {
		return pdf.Dict{"Type": pdf.Name("XObject"), "Subtype": pdf.Name("Image"), "Width": int64(w), "Height": int64(h),
			"ColorSpace": pdf.Name(space), "BitsPerComponent": int64(8), "Filter": pdf.Name("FlateDecode")}
	}
	colour := dict("DeviceRGB")
	if !opaque {
		colour["SMask"] = d.Add(pdf.NewStream(dict("DeviceGray"), deflate(alpha)))
	}
	return d.Add(pdf.NewStream(colour, deflate(colours))), w, h, nil
}
